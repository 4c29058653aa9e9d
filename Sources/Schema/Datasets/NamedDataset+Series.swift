import Market

extension NamedDataset {
  /// The name under which a column of a key leaves the file: the first time in it `ts_utc` or `as_of_date`.
  package static func exportedName(of column: FactShape.KeyColumn) -> String {
    switch column.kind {
    case .instant: "ts_utc"
    case .day: column.name == "day" ? "as_of_date" : column.name
    case .text: column.name
    }
  }

  /// What columns of replaced values mean where they mean something of their own.
  package static let meaningsOfRestatements = [
    "fetch_id": ColumnMeaning(text: "the answer that the replaced values came from", unit: nil)
  ]

  /// A dataset of the series of one kind; rows stand in the order of `names`, then of `key`.
  package static func ofSeries(
    _ name: String, _ title: String, of kind: Dataset, _ rhythm: Rhythm?, names: [DatasetColumn],
    _ columns: [DatasetColumn], facts: String, key: String, time: TimeKey, hasAssets: Bool = true, identity: [String],
    meanings: [String: ColumnMeaning] = [:]
  ) -> NamedDataset {
    return NamedDataset(
      name: name, title: title, columns: names + columns, rhythm: rhythm,
      layout: .bySeries(
        series: """
          series
          JOIN source ON source.source_id = series.source_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          """,
        where: "series.dataset = '\(kind.rawValue)'", order: names.map(\.expression).joined(separator: ", "),
        facts: facts, key: key),
      asset: hasAssets ? "series.asset_id" : nil, time: time, identity: identity, meanings: meanings)
  }
}
