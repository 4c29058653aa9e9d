import Market

/// Holds the distances of rows against the interval that was asked for.
struct IntervalEvidence {
  private let sorted: [Int64]
  private let order: ImportOrder
  private var step: Int64 { order.interval.seconds }

  /// - Parameter keys: the times of the rows in seconds, also of those that open no bar.
  init(_ keys: [Int64], _ order: ImportOrder) {
    sorted = Set(keys).sorted()
    self.order = order
  }

  /// - Parameter closings: seconds from the opening of a bar to its closing, where there is a column for that.
  /// - Throws: where the rows are those of another interval.
  func check(closings: [Int64]) throws(FileRefusal) {
    // A bar that ends with its last millisecond or minute is as long as one that ends with the next.
    if closings.count(where: { (step - 60...step).contains($0) }) * 2 > closings.count { return }
    if let length = commonest(closings.map { ($0 + 59) / 60 * 60 }), length.count * 2 > closings.count, length.value > 0
    {
      throw refusal("its bars close \(words(length.value)) after they open, not \(order.interval)", length.value)
    }
    let steps = zip(sorted, sorted.dropFirst()).map { ($0, $1) }
    guard steps.count > 1 else { return }
    let grid = order.rhythm.grid
    let opening = sorted.filter { order.interval.seconds >= 86_400 || grid.opens(at: $0) }
    let isShort = { (step: Int64) in order.interval.seconds >= 86_400 ? step < self.step / 2 : step < self.step }
    let isMostlyShort = steps.count(where: { isShort($0.1 - $0.0) }) * 2 > steps.count
    // A single row off the interval costs itself; three on it must show the interval.
    guard isMostlyShort || opening.count > 2 && !zip(opening, opening.dropFirst()).contains(where: isStep) else {
      return
    }
    let most = commonest(steps.map { $0.1 - $0.0 })?.value ?? 0
    throw refusal("its rows lie \(words(most)) apart, not \(order.interval)", most)
  }

  /// Whether two rows lie the interval apart, or are a session and the next.
  private func isStep(_ a: Int64, _ b: Int64) -> Bool {
    if b - a == step { return true }
    guard step >= 86_400 else { return false }
    let (first, next) = (Instant(epochSeconds: a).day.start, Instant(epochSeconds: b).day.start)
    if step > 86_400 { return abs(b - a - step) < 4 * 86_400 }
    return next - first == step || order.wantsDays && Calendar.nyse.session(onOrAfter: first.day + 1).start == next
  }

  private func commonest(_ values: [Int64]) -> (value: Int64, count: Int)? {
    Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).max { ($0.value, -$0.key) < ($1.value, -$1.key) }
      .map { ($0.key, $0.value) }
  }

  private func words(_ seconds: Int64) -> String {
    if let known = Interval.allCases.first(where: { $0.seconds == seconds }) { return known.rawValue }
    for (length, letter) in [(Int64(86_400), "d"), (3600, "h"), (60, "m")] where seconds % length == 0 {
      return "\(seconds / length)\(letter)"
    }
    return "\(seconds) s"
  }

  private func refusal(_ found: String, _ seconds: Int64) -> FileRefusal {
    let known = Interval.allCases.first { $0.seconds == seconds }
    guard order.dataset == .bar else { return FileRefusal(found, hint: "It holds more or less than a row a day") }
    return FileRefusal(
      found,
      hint: known.map { "Say --interval \($0)" }
        ?? "Bars are of \(Interval.allCases.map(\.rawValue).joined(separator: ", "))")
  }
}
