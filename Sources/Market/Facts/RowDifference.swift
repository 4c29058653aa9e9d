/// One value, or one whole row, in which two files differ.
package struct RowDifference: Hashable, Sendable {
  /// How a row differs.
  package enum Kind: String, Sendable {
    /// The row is in the present file only.
    case missing
    /// The row is in the rebuilt file only.
    case added
    case changed
  }
  /// Whether the row is in one file only, or in both with another value.
  package let kind: Kind
  /// The table of both files that the row is in.
  package let table: String
  /// The columns of the row's key with their values: `binance BTCUSDT 1h, open_time 2025-09-19T18:00:00Z`.
  package let key: String
  /// The column that differs; `nil` for a whole row.
  package let column: String?
  /// What the present file has there.
  package let present: String?
  /// What was rebuilt.
  package let rebuilt: String?

  /// A difference.
  package init(kind: Kind, table: String, key: String, column: String?, present: String?, rebuilt: String?) {
    self.kind = kind
    self.table = table
    self.key = key
    self.column = column
    self.present = present
    self.rebuilt = rebuilt
  }
}

extension RowDifference {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "table": .string(table), "row": .string(key), "column": .optional(column),
      "database": .optional(present), "rebuilt": .optional(rebuilt),
    ]
  }
}

/// What comparing two files came to.
package struct RowDifferences: Hashable, Sendable {
  /// None yet.
  package init() {}

  /// How many rows were compared, by table.
  package var rows: [String: Int] = [:]
  /// How many differences there are, by table.
  package var counts: [String: Int] = [:]
  /// The first of them.
  package var shown: [RowDifference] = []
  /// How many differences were left out, as they hang on files that are gone.
  package var leftOut = 0
  /// How many differences newer rules explain: an older edition had read the same bytes otherwise. Not among the counts.
  package var newer = 0
  /// The first of those.
  package var newerShown: [RowDifference] = []
  /// How many answers and files an older edition of the rules had read.
  package var olderReadings = 0
  /// Differences of all tables, named or not; those left out are not among them.
  package var total: Int { counts.values.reduce(0, +) }
}
