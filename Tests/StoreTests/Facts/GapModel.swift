import Market

@testable import Store

/// What the table of gaps must say, told key by key: the simplest thing that can be right.
struct GapModel {
  /// The keys that the series should have, in order.
  let expected: [Int]
  private(set) var present: Set<Int> = []
  private var why: [Int: GapReason] = [:]

  init(expected: [Int]) { self.expected = expected }

  private var extent: ClosedRange<Int>? {
    present.min().flatMap { first in present.max().map { first...$0 } }
  }

  mutating func answer(_ rows: [Int], refused: Set<Int>, covers: ClosedRange<Int>) {
    if rows.isEmpty, refused.isEmpty {
      guard let first = present.min(), covers.upperBound < first else { return }
    }
    let before = extent
    present.formUnion(rows)
    for key in rows { why[key] = nil }
    if let before {
      for key in expected where !before.contains(key) && isBetween(key, before, covers) && !present.contains(key) {
        why[key] = why[key] ?? .notAsked
      }
    }
    let first = present.min()
    // Only an answer without any row speaks of what was before the first one.
    let isBare = rows.isEmpty && refused.isEmpty
    let start = [first, refused.filter(covers.contains).min()].compactMap { $0 }.min()
    for key in expected where covers.contains(key) && !present.contains(key) {
      guard isBare || start.map({ key >= $0 }) ?? false else { continue }
      if isBare, why[key] == .refused { continue }
      let isBefore = isBare && first.map { key < $0 } ?? false
      why[key] = refused.contains(key) ? .refused : isBefore ? .beforeListing : .providerEmpty
    }
    guard let first else { return }
    for (key, reason) in why where reason == .beforeListing && key > first { why[key] = .providerEmpty }
  }

  mutating func failure(over span: ClosedRange<Int>) {
    guard let extent else { return }
    for key in expected where span.contains(key) && extent.contains(key) && !present.contains(key) {
      if why[key] == nil || why[key] == .notAsked { why[key] = .failed }
    }
  }

  private func isBetween(_ key: Int, _ a: ClosedRange<Int>, _ b: ClosedRange<Int>) -> Bool {
    (key > a.upperBound && key < b.lowerBound) || (key > b.upperBound && key < a.lowerBound)
  }

  /// First key, last key, reason, how many.
  var gaps: [String] {
    var runs: [(from: Int, to: Int, reason: GapReason, missing: Int, place: Int)] = []
    for (place, key) in expected.enumerated() {
      guard let reason = why[key] else { continue }
      if let last = runs.last, last.place == place - 1, last.reason == reason, reason != .refused {
        runs[runs.count - 1] = (last.from, key, reason, last.missing + 1, place)
      } else {
        runs.append((key, key, reason, 1, place))
      }
    }
    return runs.map { "\($0.from)-\($0.to) \($0.reason.rawValue) \($0.missing)" }
  }
}
