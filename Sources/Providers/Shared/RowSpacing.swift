import Formats
import Market

/// Whether the rows of an answer lie apart by the interval that was asked for: a server, a proxy or a capture may give
/// the rows of another one, and some of those open where rows of the asked one do.
struct RowSpacing {
  let grid: OpeningGrid

  /// What stands against rows that open at these instants, all within what was asked; `nil` where nothing does.
  ///
  /// Three rows or more of which no two possible ones are the interval apart are of another interval, and so are those of
  /// which most steps are shorter.
  func objection(to openings: [Int64]) -> ReadingError? {
    let openings = Set(openings).sorted()
    guard openings.count >= 3 else { return nil }
    let steps = zip(openings, openings.dropFirst()).map { $1 - $0 }
    let possible = openings.filter(grid.opens)
    let isSparse = possible.count >= 3 && !zip(possible, possible.dropFirst()).contains { $1 - $0 == grid.step }
    let isDense = steps.count { $0 < grid.step } * 2 > steps.count
    return isSparse || isDense ? refusal(RowSpacing.usual(steps)) : nil
  }

  /// Whether two neighbours are the interval apart, so that nothing stands against bars which all open where they can; of
  /// most answers the first two tell.
  func isKept(by bars: [Bar]) -> Bool {
    zip(bars, bars.dropFirst()).contains { $1.openTime - $0.openTime == grid.step }
  }

  /// What stands against rows of these lengths, from opening to close; `nil` where most are the interval long.
  func objection(toLengths lengths: [Int64]) -> ReadingError? {
    let others = lengths.filter { $0 != grid.step }
    return others.count * 2 > lengths.count ? refusal(RowSpacing.usual(others), "long") : nil
  }

  private func refusal(_ found: Int64, _ how: String = "apart") -> ReadingError {
    .shapeChanged(
      expected: "rows \(RowSpacing.text(grid.step)) \(how)", found: "rows \(RowSpacing.text(found)) \(how)", offset: nil
    )
  }

  /// The most frequent, of those the shortest.
  private static func usual(_ steps: [Int64]) -> Int64 {
    let counts = Dictionary(steps.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? 0
  }

  private static func text(_ seconds: Int64) -> String {
    Interval.allCases.first { $0.seconds == seconds }?.rawValue ?? "\(seconds) s"
  }
}
