import Market

/// A row that is refused, as an error that carries the refusal.
package struct RowRefused: Error {
  /// What becomes of the row.
  package let refusal: Refusal

  /// The error that carries it.
  package init(_ refusal: Refusal) { self.refusal = refusal }
}

/// Rows of one answer that are keyed by their day: copies are one, rows that contradict each other are refused together.
package struct DayTable<Row: Hashable> {
  private var rows: [Day: [(row: Row, excerpt: String, place: FilePlace?)]] = [:]
  private var refusals: [Refusal] = []

  /// An empty table.
  package init() {}

  /// - Parameter place: its line, where it comes from a file.
  package mutating func add(_ row: Row, on day: Day, excerpt: String, place: FilePlace? = nil) {
    rows[day, default: []].append((row, excerpt, place))
  }

  /// Notes a row that is none.
  package mutating func refuse(_ refusal: Refusal) {
    refusals.append(refusal)
  }

  /// The rows by day, oldest first, with the lines that told each first, and all that was refused.
  ///
  /// - Parameter facts: what a row says, for one that is refused and may yet be believed.
  package func settled(_ facts: (Row) -> Facts) -> (rows: [Row], places: [FilePlace], refusals: [Refusal]) {
    var kept: [Row] = []
    var places: [FilePlace] = []
    var refused = refusals
    kept.reserveCapacity(rows.count)
    for (day, copies) in rows.sorted(by: { $0.key < $1.key }) {
      if let first = copies.first, copies.allSatisfy({ $0.row == first.row }) {
        kept.append(first.row)
        if let place = first.place { places.append(place) }
      } else {
        refused += copies.map {
          Refusal(
            reason: .contradictory, at: day.start, detail: "\(day) twice with different values", excerpt: $0.excerpt,
            row: facts($0.row), place: $0.place)
        }
      }
    }
    return (kept, places, refused)
  }
}
