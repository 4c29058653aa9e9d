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
  /// Where its rows are, and in which order.
  package let layout: Layout
  /// The SQL of the asset's row number; `nil` where rows are about no asset.
  package let asset: String?
  /// The SQL of the instant or day that a row is of; `nil` where rows have none.
  package let time: TimeKey?
  /// The columns that tell rows apart, where the table by name does not say so.
  package let identity: [String]?
  /// What its columns mean where they mean something of their own here.
  package let meanings: [String: ColumnMeaning]
  /// Columns that it has besides and that do not leave the file; conditions may be on them.
  package let unshown: [DatasetColumn]
  /// For what its prices are restated as they are read; `nil` where they leave the file as they are stored.
  package internal(set) var adjustment: Adjustment?
  /// By the number of a series, the SQL of cells that are not read as they are stored, by the names of their columns.
  var restated: [Int64: [String: String]] = [:]

  /// A dataset; the SQL in it must be known to be right.
  package init(
    name: String, title: String, columns: [DatasetColumn], rhythm: Rhythm?, layout: Layout, asset: String?,
    time: TimeKey?, identity: [String]? = nil, meanings: [String: ColumnMeaning] = [:], unshown: [DatasetColumn] = []
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rhythm = rhythm
    self.layout = layout
    self.asset = asset
    self.time = time
    self.identity = identity
    self.meanings = meanings
    self.unshown = unshown
  }

  /// How often a row is to be expected.
  package enum Rhythm: Hashable, Sendable {
    case hourly, daily
  }

  /// How rows are found in the order of their key without sorting what may be millions.
  package enum Layout: Sendable {
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

  /// The SQL of the time of a row.
  package enum TimeKey: Sendable {
    /// Epoch seconds.
    case instant(String)
    /// `YYYY-MM-DD`
    case day(String)
  }

  /// Whether rows can be chosen by asset.
  package var hasAssets: Bool { asset != nil }
  /// Whether rows can be chosen by time.
  package var hasTime: Bool { time != nil }
  /// The view or the tables whose rows it hands out, which an older file may lack.
  package var readsFrom: [String] {
    switch layout {
    case .plain: [name]
    case .bySeries(let series, _, _, let facts, _): [String(series.prefix { $0 != " " }), facts]
    }
  }
  /// Whether a row is of a day, not of an instant.
  package var isDaily: Bool { if case .day = time { true } else { false } }
}

/// A column of a dataset, and the SQL that gives its cells.
package struct DatasetColumn: Hashable, Sendable {
  /// What the file holds in a cell's place, and in which form it leaves it.
  package enum Cell: Hashable, Sendable {
    /// As it stands.
    case value
    /// Epoch seconds, handed over as an instant.
    case instant
    /// The epoch seconds at which a bar opens, handed over as the name of its day part.
    case dayPart
  }

  /// Its name as the header of a table or of a CSV file spells it, what its cells hold, and its rank on a narrow screen.
  package private(set) var column: Column
  /// What the file holds in a cell's place.
  package let cell: Cell
  /// The SQL that gives a cell as the file holds it.
  package let expression: String
  /// Whether the cell is the same for all rows of a series; those are texts.
  package let isOfSeries: Bool

  /// As the header of a table or of a CSV file spells it.
  package var name: String { column.name }

  /// A column of a statement; the expression is the name, unless given. Texts named `…_date` are days, integers named
  /// `is_…` are 0 or 1.
  package static func fact(_ name: String, _ kind: Column.Kind, _ expression: String? = nil) -> Self {
    let meaning: Column.Meaning? =
      switch kind {
      case .text where name.hasSuffix("_date"): .day
      case .integer where name.hasPrefix("is_"): .flag
      default: nil
      }
    let column = Column(name, kind, meaning: meaning, figure: kind == .text ? nil : Column.Figure(ofColumn: name))
    return Self(column: column, cell: .value, expression: expression ?? name, isOfSeries: false)
  }

  /// A column of instants, which the file holds as epoch seconds.
  package static func instant(_ name: String, _ expression: String? = nil) -> Self {
    Self(
      column: Column(name, .text, meaning: .instant), cell: .instant, expression: expression ?? name, isOfSeries: false)
  }

  /// A column of day parts, by the instants at which bars open.
  package static func dayPart(_ name: String, _ expression: String) -> Self {
    Self(column: Column(name, .text), cell: .dayPart, expression: expression, isOfSeries: false)
  }

  /// A text that all rows of a series share.
  package static func ofSeries(_ name: String, _ expression: String) -> Self {
    Self(column: Column(name, .text), cell: .value, expression: expression, isOfSeries: true)
  }

  /// The same column of another rank on a narrow screen.
  package func ranked(_ rank: Column.Rank) -> Self {
    var ranked = self
    ranked.column = Column(column.name, column.kind, rank, meaning: column.meaning, figure: column.figure)
    return ranked
  }

  /// The same column, read by other SQL.
  func read(by expression: String) -> Self {
    Self(column: column, cell: cell, expression: expression, isOfSeries: isOfSeries)
  }

  /// The same column, which a narrow screen may do without.
  package var minor: Self { ranked(.minor) }
  /// The same column, as one of those that say of what a row is.
  package var naming: Self { ranked(.name) }
  /// The same column, as one of open, high and low.
  package var ofRange: Self { ranked(.range) }
  /// The same column, as one that leads elsewhere.
  package var reference: Self { ranked(.reference) }
}

extension NamedDataset: Equatable {
  /// By the name alone: one to which a column was added is still the same.
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
}

extension DatasetColumn {
  /// The SQL that gives a cell as it is exported.
  package var exportedSQL: String {
    switch cell {
    case .value: expression
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
