import Market

extension NamedDataset {
  /// The same rows with these columns only, in this order. A condition may still be on the others.
  ///
  /// - Returns: `nil` where one of the names is no column of it.
  package func showing(_ names: [String]) -> NamedDataset? {
    let found = names.compactMap { name in columns.first { $0.name == name } }
    guard found.count == names.count else { return nil }
    let isWhole = key.allSatisfy(names.contains)
    return NamedDataset(
      name: name, title: title, columns: found, rhythm: rhythm, layout: layout, asset: asset, time: time,
      identity: isWhole ? key : [], meanings: meanings, unshown: columns.filter { !names.contains($0.name) }
    ).restated(like: self)
  }

  /// The same with every column that it has, those that are not shown behind the others.
  package var withEveryColumn: NamedDataset {
    guard !unshown.isEmpty else { return self }
    return NamedDataset(
      name: name, title: title, columns: columns + unshown, rhythm: rhythm, layout: layout, asset: asset, time: time,
      identity: identity, meanings: meanings
    ).restated(like: self)
  }

  /// The SQL of the ticker of the fund that a row is about; `nil` where rows are about no fund.
  package var ticker: String? { (columns + unshown).first { $0.name == "ticker" }?.expression }

  /// What goes behind a condition so that only rows about these funds are left; the empty text for all.
  package func condition(onTickers tickers: [String]?) -> String {
    guard let ticker, let tickers else { return "" }
    let texts = tickers.map { "'\($0.replacing("'", with: "''"))'" }
    return " AND \(ticker) IN (\(texts.joined(separator: ", ")))"
  }
}
