/// An axis of values: what part of it is shown, and round numbers along it.
///
/// Steps are 1, 2 or 5 times a power of ten, after P. S. Heckbert, "Nice Numbers for Graph Labels" (*Graphics Gems*, 1990);
/// the ends stay with the data, so that no room is lost.
struct ValueAxis {
  let low: Double
  let high: Double
  /// Round values within, lowest first.
  let ticks: [Double]
  private let decimals: Int
  private let unit: Unit

  /// What the labels count.
  enum Unit { case plain, percent }

  /// - Parameters:
  ///   - values: what it must hold; those that are not finite are left out.
  ///   - zero: whether it must hold zero too, as where lengths are compared.
  ///   - count: about how many ticks.
  ///   - margin: what is left free beyond the data, as a share of them.
  init(
    covering values: some Sequence<Double>, zero: Bool = false, count: Int = 4, margin: Double = 0.04,
    unit: Unit = .plain
  ) {
    let known = values.filter { $0.isFinite && $0.magnitude < 1e300 } + (zero ? [0] : [])
    var (least, most) = (known.min() ?? 0, known.max() ?? 1)
    if least == most {
      let spread = least == 0 ? 1 : least.magnitude * 0.01
      (least, most) = (least - spread, most + spread)
    }
    let room = (most - least) * margin
    low = zero && least == 0 ? 0 : least - room
    high = zero && most == 0 ? 0 : most + room
    let scale = unit == .percent ? 100.0 : 1
    let (step, decimals) = ValueAxis.step(near: (high - low) * scale / Double(max(count, 1)))
    self.decimals = decimals
    self.unit = unit
    let first = (low * scale / step).rounded(.up)
    let last = (high * scale / step).rounded(.down)
    ticks =
      first <= last && last - first < 50 ? stride(from: first, through: last, by: 1).map { $0 * step / scale } : []
  }

  /// A round step, and how many decimals its multiples have.
  private static func step(near size: Double) -> (Double, Int) {
    var (power, exponent) = (1.0, 0)
    while power * 10 <= size { (power, exponent) = (power * 10, exponent + 1) }
    while power > size, exponent > -12 { (power, exponent) = (power / 10, exponent - 1) }
    if exponent < 0 { power = 1 / (0..<(-exponent)).reduce(1.0) { product, _ in product * 10 } }
    let share = size / power
    let factor = share < 1.5 ? 1.0 : share < 3 ? 2 : share < 7 ? 5 : 10
    return (factor * power, max(0, -(factor == 10 ? exponent + 1 : exponent)))
  }

  /// Where a value lies, from 0 at the low end to 1 at the high one.
  func share(of value: Double) -> Double { (value - low) / (high - low) }

  /// `115,500`, `0.25`, `1.2 m`, `−5 %`
  func label(_ value: Double) -> String {
    guard unit == .plain else { return shareText(value, decimals: decimals) }
    let most = max(low.magnitude, high.magnitude)
    for (size, word) in [(1e12, "tn"), (1e9, "bn"), (1e6, "m")] where most >= size {
      let text = fixedText(value / size, decimals: 3)
      return value == 0 ? "0" : ValueAxis.trimmed(text) + " " + word
    }
    guard decimals == 0, let whole = Int64(exactly: value.rounded()) else {
      return fixedText(value, decimals: decimals)
    }
    return groupedText(whole)
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
