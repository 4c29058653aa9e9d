import GRDB
import Market

/// Rows that leave the file under a name: a promised view, or a table with symbols and names in place of row numbers.
package struct NamedDataset: Sendable {
  /// As the file spells it: `ohlc_hourly`.
  package let name: String
  /// What its rows are, in a few words.
  package let title: String
  /// In the order in which they are shown and exported.
  package let columns: [DatasetColumn]
  /// How often a row comes, for those that come regularly.
  package let rhythm: Rhythm?
  let layout: Layout
  /// The SQL of the asset's row number; `nil` where rows are about no asset.
  let asset: String?
  /// The SQL of the instant or day that a row is of; `nil` where rows have none.
  let time: TimeKey?
  /// The columns that tell rows apart, where the table by name does not say so.
  var identity: [String]?
  /// What its columns mean where they mean something of their own here.
  var meanings: [String: ColumnMeaning] = [:]

  /// How often a row is to be expected.
  package enum Rhythm: Hashable, Sendable {
    case hourly, daily
  }

  /// How rows are found in the order of their key without sorting what may be millions.
  enum Layout: Sendable {
    /// One statement: what follows FROM, which rows of that, and the order.
    case plain(from: String, where: String = "true", order: String)
    /// One statement a series, in the order of a table that is keyed by it.
    ///
    /// - Parameters:
    ///   - series: what follows FROM in the statement that lists the series and their names.
    ///   - where: which of them.
    ///   - order: the order of the series.
    ///   - facts: what follows FROM in the statement that reads the rows of one.
    ///   - key: the order within a series.
    case bySeries(series: String, where: String, order: String, facts: String, key: String)
  }

  enum TimeKey: Sendable {
    /// Epoch seconds.
    case instant(String)
    /// `YYYY-MM-DD`
    case day(String)
  }

  /// Whether rows can be chosen by asset.
  package var hasAssets: Bool { asset != nil }
  /// Whether rows can be chosen by time.
  package var hasTime: Bool { time != nil }
  /// Whether a row is of a day, not of an instant.
  package var isDaily: Bool { if case .day = time { true } else { false } }
}

/// A column of a dataset: its name, what its cells hold, and the SQL that gives them.
package struct DatasetColumn: Hashable, Sendable {
  /// What its cells hold, and how they are written.
  package enum Kind: Hashable, Sendable {
    case integer, real, text
    /// Epoch seconds in the file, handed over as an instant.
    case instant
    /// The day part of a bar, by the instant at which it opens.
    case dayPart
  }

  /// As the header of a table or of a CSV file spells it.
  package let name: String
  /// What its cells hold; any of them may be null besides.
  package let kind: Kind
  let expression: String
  /// Whether the cell is the same for all rows of a series; those are texts.
  let isOfSeries: Bool
  /// Whether a narrow screen may do without it before the others.
  package private(set) var isMinor = false

  /// A column of a statement; the expression is the name, unless given.
  static func fact(_ name: String, _ kind: Kind, _ expression: String? = nil) -> Self {
    Self(name: name, kind: kind, expression: expression ?? name, isOfSeries: false)
  }

  /// A text that all rows of a series share.
  static func ofSeries(_ name: String, _ expression: String) -> Self {
    Self(name: name, kind: .text, expression: expression, isOfSeries: true)
  }

  /// The same column, which a narrow screen may do without.
  var minor: Self {
    var column = self
    column.isMinor = true
    return column
  }
}

extension NamedDataset {
  /// All of them, the promised views first.
  package static let all = Kinds.standard.datasets

  /// The dataset of this name; hyphens may stand for underscores.
  package static func named(_ name: String) -> NamedDataset? { Kinds.standard.dataset(named: name) }
}

extension Kinds {
  /// Everything that leaves a file under a name, the promised views first.
  package var datasets: [NamedDataset] {
    NamedDataset.views + all.flatMap(\.datasets) + all.map(\.restatements) + NamedDataset.judgements
      + NamedDataset.catalogue + NamedDataset.records
  }

  /// The dataset of this name; hyphens may stand for underscores.
  package func dataset(named name: String) -> NamedDataset? {
    let spelled = String(name.map { $0 == "-" ? "_" : $0 })
    return datasets.first { $0.name == spelled }
  }
}

extension Datasets {
  /// Whether the file has the view or the table of this name; one that an older appliance wrote may lack it.
  package func holds(_ dataset: NamedDataset) throws(StoreError) -> Bool {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema WHERE name = ?", arguments: [dataset.name]) != nil
    }
  }
}

extension NamedDataset: Equatable {
  /// By the name alone: one to which a column was added is still the same.
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
}

extension DatasetColumn {
  /// The SQL that gives a cell as it is exported.
  var exportedSQL: String {
    switch kind {
    case .integer, .real, .text: expression
    case .instant: "strftime('%Y-%m-%dT%H:%M:%SZ', \(expression), 'unixepoch')"
    case .dayPart: "CASE \(expression) % 86400 / 28800 WHEN 0 THEN 'ASIA' WHEN 1 THEN 'EUROPE' ELSE 'US' END"
    }
  }
}

extension NamedDataset {
  /// The text that makes a view of the same rows and columns in the file, in no order.
  var viewText: String {
    let cells = columns.map { "\($0.exportedSQL) AS \($0.name)" }.joined(separator: ",\n  ")
    let rows =
      switch layout {
      case .plain(let from, let condition, _): "\(from)\nWHERE \(condition)"
      case .bySeries(let series, let condition, _, let facts, _):
        "\(series)\nJOIN \(facts) ON \(facts).series_id = series.series_id\nWHERE \(condition)"
      }
    return "CREATE VIEW \(name) AS\nSELECT\n  \(cells)\nFROM \(rows)"
  }
}
