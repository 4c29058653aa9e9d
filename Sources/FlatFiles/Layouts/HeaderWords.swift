import Market

/// What the names over columns mean.
enum HeaderWords {
  /// A name without case, spaces, brackets and punctuation: `<Unix Timestamp>` is `unixtimestamp`.
  static func plain(_ name: String) -> String {
    String(
      name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) }.map(
        Character.init))
  }

  private static let epochs: Set<String> = [
    "unix", "unixtimestamp", "unixtime", "epoch", "timestampms", "timestampus", "opentime", "opentimems", "timems",
    "timeopen",
  ]
  private static let texts = [
    "timestamp", "datetime", "date", "day", "time", "gmttime", "localtime", "timeutc", "timegmt", "tsutc", "ts",
    "asofdate",
  ]

  private static let closings: Set<String> = [
    "closetime", "timeclose", "closetimestamp", "closetimems", "endtime", "timeend", "periodend", "closedate",
    "timeperiodend",
  ]

  private static let meanings: [Dataset: [(Field, [String])]] = [
    .bar: [
      (.open, ["open", "o", "openprice", "priceopen", "1open"]), (.high, ["high", "h", "max", "highprice", "2high"]),
      (.low, ["low", "l", "min", "lowprice", "3low"]),
      (.close, ["close", "c", "closeprice", "4close", "closelast", "last", "price"]),
      (.volume, ["volume", "vol", "v", "5volume", "basevolume", "tickvol"]),
      (.symbol, ["symbol", "ticker", "pair", "instrument"]),
    ],
    .sentiment: [
      (.value, ["value", "fngvalue", "fgivalue", "feargreedindex", "feargreed", "fng", "score", "index"]),
      (.classification, ["classification", "valueclassification", "rating", "label", "fngclassification"]),
    ],
    .etfFlow: [
      (.ticker, ["ticker", "fund", "etf", "symbol"]),
      (
        .flow,
        [
          "flow", "netflow", "flowusd", "netflowusd", "flowusdmillions", "netflowmusd", "flowmusd", "netflowusdm",
          "flowusm",
          "netflowusm",
        ]
      ),
    ],
  ]

  /// The columns that these names stand over.
  static func plan(_ names: [String], for order: ImportOrder) -> ColumnPlan {
    let names = names.enumerated().map { order.skips($1, at: $0) ? "" : $1 }
    let words = names.map(plain)
    var plan = ColumnPlan()
    findTime(words, &plan)
    plan.closing = words.firstIndex(where: closings.contains)
    for (field, aliases) in meanings[order.dataset] ?? [] where plan[field] == nil {
      for alias in aliases where plan[field] == nil {
        plan[field] = words.indices.first { words[$0] == alias && !plan.columns.values.contains($0) }
      }
    }
    if order.dataset == .bar { findPrefixed(words, &plan, order) }
    if order.dataset == .etfFlow, plan[.ticker] != nil, plan[.flow] == nil {
      plan[.flow] = words.firstIndex { word in ["flow", "netflow", "netinflow"].contains { word.hasPrefix($0) } }
    }
    if order.dataset == .etfFlow, plan[.flow] == nil { findFunds(names, &plan) }
    return plan
  }

  /// An epoch is better than a text, which then stands in for it where it is damaged.
  private static func findTime(_ words: [String], _ plan: inout ColumnPlan) {
    let epoch = words.firstIndex { epochs.contains($0) }
    var text = texts.lazy.compactMap { words.firstIndex(of: $0) }.first
    if let date = words.firstIndex(of: "date") ?? words.firstIndex(of: "timestamp"),
      let clock = words.firstIndex(of: "time"), clock != date
    {
      text = date
      plan[.clock] = clock
    }
    if let epoch {
      plan[.time] = epoch
      plan[.text] = text
      plan[.clock] = nil
    } else {
      plan[.time] = text
    }
  }

  /// `Volume BTC` beside `Volume USDT`, and prices that share a word before: `VIX Open`, `VIX High`.
  private static func findPrefixed(_ words: [String], _ plan: inout ColumnPlan, _ order: ImportOrder) {
    if let asset = order.asset.map(plain), let column = words.firstIndex(of: "volume" + asset) {
      plan[.volume] = column
    }
    if plan[.volume] == nil { plan[.volume] = words.firstIndex { $0.hasPrefix("volume") } }
    let fields: [Field] = [.open, .high, .low, .close]
    guard !plan.lacks(fields).isEmpty, let open = words.firstIndex(where: { $0.hasSuffix("open") }) else { return }
    let prefix = words[open].dropLast(4)
    guard !prefix.isEmpty else { return }
    for field in fields { plan[field] = words.firstIndex(of: prefix + field.rawValue) }
  }

  /// A wide table: the day, then a column a fund.
  private static func findFunds(_ names: [String], _ plan: inout ColumnPlan) {
    guard let time = plan[.time] else { return }
    for (index, name) in names.enumerated() where index != time {
      if isTotal(plain(name)) {
        plan.totals.insert(index)
      } else if (1...6).contains(name.utf8.count),
        name.utf8.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) })
      {
        plan.funds[index] = name
      }
    }
  }

  /// The sum over all funds: `Total`, `Total Net Flow (US$m)`; not what they hold, nor what flowed in until then.
  private static func isTotal(_ word: String) -> Bool {
    if ["total", "totals", "sum", "all"].contains(word) { return true }
    return word.hasPrefix("total") && word.contains("flow") && !word.contains("cum")
  }

  /// What one unit of a flow column is worth, where its name says so.
  static func unit(ofFlow name: String) -> Int64? {
    let word = plain(name)
    if word.contains("thousand") { return 1000 }
    if word.contains("billion") || ["usbn", "busd", "usdbn"].contains(where: word.hasSuffix) { return 1_000_000_000 }
    if word.contains("million") || ["musd", "usdm", "usm"].contains(where: word.hasSuffix) { return 1_000_000 }
    return word.hasSuffix("usd") ? 1 : nil
  }
}
