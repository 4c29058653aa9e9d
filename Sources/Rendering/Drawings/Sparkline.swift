/// A curve in one line of text: `▁▂▅█ ▄`, a character a value.
///
/// The lowest value is `▁`, the highest `█`; values that are all equal stand halfway. A missing value, or one that is
/// not finite, leaves a space.
package func sparkline(of values: some Sequence<Double?>) -> String {
  let values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
  let known = values.compactMap { $0 }
  guard let low = known.min(), let high = known.max() else { return String(repeating: " ", count: values.count) }
  return String(values.map { $0.map { bar(for: $0, from: low, to: high) } ?? " " })
}

private let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

private func bar(for value: Double, from low: Double, to high: Double) -> Character {
  guard low < high else { return bars[3] }
  // Halved, so that not even the widest range overflows.
  let position = (value / 2 - low / 2) / (high / 2 - low / 2)
  return bars[min(Int(position * Double(bars.count)), bars.count - 1)]
}
