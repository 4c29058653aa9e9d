import Market
import Schema

extension Kind {
  /// What each source said, all sources side by side; and what hangs on it.
  var datasets: [NamedDataset] { [facts] + exported.others }

  private var facts: NamedDataset {
    let table = KindTable(self)
    return .ofSeries(
      table.name, title, of: dataset, exported.rhythm, names: exported.names.map(\.column),
      keyColumns(table) + exported.looked.map { .fact($0.name, .text, $0.sql) } + valueColumns
        + [.fact("fetch_id", .integer).reference],
      facts: from(table.name), key: table.spelledKey.joined(separator: ", "), time: time(table),
      hasAssets: exported.hasAssets, identity: exported.identity + shape.key.map(NamedDataset.exportedName),
      meanings: exported.meanings)
  }

  /// What was believed before a later answer said otherwise.
  var restatements: NamedDataset {
    let table = KindTable(self)
    return .ofSeries(
      table.restatements, exported.restatedTitle, of: dataset, nil, names: exported.names.map(\.column),
      keyColumns(table) + [.instant("replaced_at")] + valueColumns
        + ["fetch_id", "replaced_by_fetch_id"].map { .fact($0, .integer).reference },
      facts: from(table.restatements), key: (table.spelledKey + ["replaced_by_fetch_id"]).joined(separator: ", "),
      time: time(table), hasAssets: exported.hasAssets,
      identity: exported.identity + shape.key.map(NamedDataset.exportedName) + ["replaced_by_fetch_id"],
      meanings: exported.meanings.merging(NamedDataset.meaningsOfRestatements) { own, _ in own })
  }

  private func from(_ table: String) -> String {
    table
      + lookups.values.sorted { $0.table < $1.table }
      .map { " JOIN \($0.table) ON \($0.table).\($0.column) = \(table).\($0.column)" }.joined()
  }

  private func time(_ table: KindTable) -> NamedDataset.TimeKey {
    table.isDaily ? .day(table.time) : .instant(table.time)
  }

  private func keyColumns(_ table: KindTable) -> [DatasetColumn] {
    zip(shape.key, table.spelledKey).map { column, sql in
      let name = NamedDataset.exportedName(of: column)
      return column.kind == .instant ? .instant(name, sql) : .fact(name, .text, sql)
    }
  }

  private var valueColumns: [DatasetColumn] {
    shape.values.map { column in
      let kind: Column.Kind =
        switch column.kind {
        case .real: .real
        case .whole: .integer
        case .text: .text
        }
      let made = DatasetColumn.fact(column.field.rawValue, kind)
      return made.ranked(exported.ranks[column.field] ?? .usual)
    }
  }
}

extension Kind.SeriesName {
  /// The column that names a series so.
  var column: DatasetColumn {
    switch self {
    case .asset: .ofSeries("asset", "asset.symbol").naming
    case .source: .ofSeries("source", "source.name").naming
    case .symbol: .ofSeries("provider_symbol", "series.provider_symbol").reference
    case .interval: .ofSeries("interval", "series.interval").minor
    case .currency: .ofSeries("quote_currency", "series.quote_currency").reference
    }
  }
}
