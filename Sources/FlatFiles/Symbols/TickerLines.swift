import Formats
import Market

/// The assets that stand over the columns of a table: in a line above or below the names (`Ticker,AAPL,MSFT`), or
/// within the names themselves (`Close AAPL`, `AAPL_close`).
struct TickerLines {
  /// The names over the columns, those of other assets empty, and those of the asset without its symbol.
  private(set) var names: [String]
  /// What a person should know.
  private(set) var told: [String] = []

  private let order: ImportOrder
  private let reader: SymbolReader

  private static let fields: Set<String> = [
    "open", "high", "low", "close", "adjclose", "volume", "adjustedclose", "vol",
  ]

  /// - Parameter index: of the line that may hold the names.
  /// - Throws: where the columns are of other assets than the one that was asked for.
  init(_ sample: FileSample, over index: Int, _ order: ImportOrder, _ reader: SymbolReader) throws(FileRefusal) {
    self.order = order
    self.reader = reader
    names = sample.lines[index].fields
    guard order.dataset == .bar, reader.asked != nil else { return }
    let priced = names.indices.filter { TickerLines.fields.contains(HeaderWords.plain(names[$0])) }
    let cents = priced.filter { names[$0].contains("¢") }
    if !cents.isEmpty { try refuse(cents.map { ($0, "¢", names[$0]) }) }
    if priced.count > 3 {
      let near = [index + 1, index - 1, index + 2, index - 2].filter(sample.lines.indices.contains)
      let tickers = near.lazy.compactMap { TickerLines.tickers(sample.lines[$0].fields, priced) }.first ?? [:]
      try choose(tickers.sorted { $0.key < $1.key }.map { ($0.key, $0.value, names[$0.key]) })
    } else {
      try choose(names.indices.compactMap { column in split(names[column]).map { (column, $0.ticker, $0.field) } })
    }
  }

  /// The texts over the columns of prices, where all of them are words and no numbers, times or names.
  private static func tickers(_ cells: [String], _ priced: [Int]) -> [Int: String]? {
    // A row has a time, whatever its prices are: `2019-05-16,null,null,null,null`.
    guard !cells.contains(where: FileLayout.isTime) else { return nil }
    var tickers: [Int: String] = [:]
    var last = ""
    for column in priced {
      let cell = column < cells.count ? cells[column] : ""
      // Above merged cells the symbol stands over the first of its columns only.
      if !cell.isEmpty { last = cell }
      guard !last.isEmpty, Double(last) == nil, !FileLayout.isTime(last), !fields.contains(HeaderWords.plain(last)),
        last.unicodeScalars.contains(where: { $0.properties.isAlphabetic }), last.count <= 30
      else { return nil }
      tickers[column] = last
    }
    return tickers
  }

  /// `Close AAPL`, `AAPL_close`, `('Close', 'AAPL')`; `nil` where a name holds no field beside something else.
  private func split(_ name: String) -> (ticker: String, field: String)? {
    let parts = name.split { " _.,;:|()'\"".contains($0) }.map(String.init)
    guard parts.count > 1 else { return nil }
    for (field, rest) in [
      (parts[0], parts[1...].joined(separator: "-")), (parts[parts.count - 1], parts.dropLast().joined(separator: "-")),
    ]
    where ["open", "high", "low", "close", "volume"].contains(field.lowercased()) {
      return (rest, field)
    }
    return nil
  }

  // MARK: Which of them

  private mutating func choose(_ columns: [(column: Int, ticker: String, name: String)]) throws(FileRefusal) {
    let groups = Dictionary(grouping: columns) { SymbolSpelling.plain($0.ticker) }.values
      .filter { group in
        ["open", "high", "low", "close"].allSatisfy { field in group.contains { HeaderWords.plain($0.name) == field } }
      }
      .sorted { $0[0].column < $1[0].column }
    guard !groups.isEmpty else { return }
    // A coin may be called so.
    if let scaled = groups.first(where: {
      isScaled($0[0].column, $0[0].ticker) && reader.verdict($0[0].ticker) != .asked
    }) {
      try refuse(scaled)
    }
    // `Price Open`, `Open (USD)`: no asset at all.
    let plain = groups.filter { TickerLines.isPlain($0[0].ticker) || reader.verdict($0[0].ticker) == .currency }
    if let own = plain.first, plain.count == groups.count, plain.count == 1 { return take(own, of: columns) }
    let tickers = groups.map { $0[0].ticker }
    let fitting = groups.filter { reader.verdict($0[0].ticker) == .asked }
    if fitting.count > 1 { throw several(fitting.map { $0[0].ticker }) }
    if let own = fitting.first { return take(own, of: columns) }
    for ticker in tickers {
      if case .other(let symbol) = reader.verdict(ticker) { throw others(tickers, symbol) }
    }
    guard tickers.count == 1 else { throw others(tickers, nil) }
    told.append(
      "its columns are of '\(Excerpt.of(tickers[0], limit: 40))', which is no asset known here; they are taken for "
        + (order.asset ?? ""))
    take(groups[0], of: columns)
  }

  /// Whether the words of a column of prices say that they are counted in parts or multiples of a currency's unit.
  private func isScaled(_ column: Int, _ word: String) -> Bool {
    if TickerLines.isScale(word) || TickerLines.isFactor(word) { return true }
    // `Open p` and `Open (c)`; `p_open` is a price.
    let letters = word.filter { !"()[]".contains($0) }
    return ["p", "c"].contains(letters) && !names[column].hasPrefix(letters)
  }

  /// `x100`, `100×`, `1/100`.
  private static func isFactor(_ word: String) -> Bool {
    func isPower(_ digits: Substring) -> Bool {
      digits.count > 1 && digits.first == "1" && !digits.dropFirst().contains { $0 != "0" }
    }
    let text = word.lowercased().filter { !"-()[]".contains($0) }
    let rest = text.hasPrefix("in") ? text.dropFirst(2) : text[...]
    return ["x", "×", "*", "1/"].contains { rest.hasPrefix($0) && isPower(rest.dropFirst($0.count)) }
      || ["x", "×"].contains { rest.hasSuffix($0) && isPower(rest.dropLast()) }
  }

  /// Whether a word over prices says that they are counted in parts or multiples of a currency's unit.
  private static func isScale(_ word: String) -> Bool {
    if ["GBp", "ZAc", "USc"].contains(word) { return true }
    let parts = word.lowercased().split { !("a"..."z").contains($0) }
    let scales: Set<Substring> = [
      "cent", "cents", "gbx", "zac", "penny", "pence", "pennies", "sat", "sats", "satoshi", "satoshis", "thousand",
      "thousands", "millions", "basispoints", "bps",
    ]
    return parts.contains(where: scales.contains)
  }

  /// Prices a hundred times too high look like prices; unless the user named the columns, nobody has seen it.
  private func refuse(_ columns: [(column: Int, ticker: String, name: String)]) throws(FileRefusal) {
    guard order.judgesEvidence, !order.columns.contains(where: { ["open", "close"].contains($0.field) }) else { return }
    let told = ["open", "high", "low", "close"].compactMap { field in
      columns.first { HeaderWords.plain($0.name) == field }.map { "\(field)=\($0.column + 1)" }
    }
    throw FileRefusal(
      "its prices are in \(Excerpt.of(columns[0].ticker, limit: 40)) by the names over them",
      hint:
        "Write the file anew in whole units; or, if they are right as they stand: --map \(told.joined(separator: ","))")
  }

  private static func isPlain(_ ticker: String) -> Bool {
    [
      "price", "prices", "trade", "daily", "day", "regular", "market", "ohlc", "bar", "candle", "px", "last", "mid",
      "session", "adj", "adjusted", "unadjusted", "inusd",
    ].contains(HeaderWords.plain(ticker))
  }

  private mutating func take(
    _ own: [(column: Int, ticker: String, name: String)], of columns: [(column: Int, ticker: String, name: String)]
  ) {
    for column in columns { names[column.column] = "" }
    for column in own { names[column.column] = column.name }
  }

  private func others(_ tickers: [String], _ known: String?) -> FileRefusal {
    FileRefusal(
      "its columns are of \(list(tickers)), and not of \(order.asset ?? "")",
      hint: known.map { "Import them as what they are: --asset \(SymbolWords.typed($0))" }
        ?? "Name the columns that are meant by their numbers: --map open=2 --map high=3 --map low=4 --map close=5")
  }

  private func several(_ tickers: [String]) -> FileRefusal {
    FileRefusal(
      "its columns are of \(list(tickers)), and each may be \(order.asset ?? "")",
      hint: "Name those that are meant by their numbers: --map open=2 --map high=3 --map low=4 --map close=5")
  }

  private func list(_ tickers: [String]) -> String {
    tickers.prefix(8).map { "'\(Excerpt.of($0, limit: 40))'" }.joined(separator: ", ")
  }
}
