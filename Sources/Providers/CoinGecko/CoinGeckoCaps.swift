import Formats
import Market

/// What coins are worth and how many units there are, of all that are asked for at once: `/coins/markets`.
enum CoinGeckoCaps {
  /// Once a UTC day, from half an hour into it.
  static let question = Question(
    provider: CoinGecko.name, name: "coins", step: .prices, every: 86_400, dailyFrom: 1800, about: .marketCap)
  /// So many coins are on one page.
  private static let page = 250

  /// A page of that many coins each; none without coins.
  static func requests(for coins: [String]) -> [Request] {
    stride(from: 0, to: coins.count, by: page).map { start in
      Request(
        provider: CoinGecko.name, path: "/api/v3/coins/markets",
        query: [
          QueryItem("vs_currency", "usd"),
          QueryItem("ids", coins[start..<min(start + page, coins.count)].joined(separator: ",")),
          QueryItem("per_page", "\(page)"),
        ], maximumBytes: 4 << 20)
    }
  }

  /// The coins that a request asks for; `nil` where it is no request for these figures in dollars.
  static func coins(in request: Request) -> [String]? {
    guard request.path == "/api/v3/coins/markets", request.queryValue("vs_currency") == "usd",
      request.queryValue("per_page") != nil, let coins = request.queryValue("ids"), !coins.isEmpty
    else { return nil }
    return coins.split(separator: ",").map(String.init)
  }

  static func series(of coin: String) -> SeriesKey {
    SeriesKey(dataset: .marketCap, provider: CoinGecko.name, providerSymbol: coin, interval: .day1)
  }

  /// A coin that is not worth anything yet, or whose figures are of another day than the answer, has no row.
  static func reading(of body: [UInt8], coins: [String], madeAt: Instant) throws(ReadingError) -> Reading {
    let asked = Set(coins)
    var parts: [String: SeriesReading] = [:]
    for row in try rows(in: body) where asked.contains(row.coin) && parts[row.coin] == nil {
      parts[row.coin] = part(row, madeAt: madeAt)
    }
    guard !parts.isEmpty else { throw .empty }
    return Reading(coins.compactMap { parts[$0] })
  }

  private struct CapRow {
    let coin: String
    let updated: Instant?
    let cap: Amount
    let circulating: Amount
    let total: Amount
    let excerpt: String
  }

  private static func rows(in body: [UInt8]) throws(ReadingError) -> [CapRow] {
    try readingDocument(body) { (cursor) throws(JSONFault) in
      var rows: [CapRow] = []
      try cursor.eachObject(CoinGeckoQuotes.members) { members, bytes, cursor in
        guard let members, let coin = members.texts["id"] else { return }
        rows.append(
          CapRow(
            coin: coin, updated: members.texts["last_updated"].flatMap { Instant($0) },
            cap: members.amounts["market_cap"] ?? .absent,
            circulating: members.amounts["circulating_supply"] ?? .absent,
            total: members.amounts["total_supply"] ?? .absent,
            excerpt: Excerpt.of(cursor.bytes(from: bytes.lowerBound))))
      }
      return rows
    }
  }

  private static func part(_ row: CapRow, madeAt: Instant) -> SeriesReading {
    let day = madeAt.day
    var refusals: [Refusal] = []
    var caps: [MarketCap] = []
    let isOfDay = row.updated.map { $0.day == day } ?? true
    if let fault = fault(of: row) {
      refusals = [Refusal(reason: fault.reason, at: day.start, detail: fault.detail, excerpt: row.excerpt)]
    } else if isOfDay, let cap = row.cap.number, cap > 0 {
      caps = [
        MarketCap(
          day: day, marketCap: cap, circulatingSupply: row.circulating.number, totalSupply: row.total.number)
      ]
    }
    return SeriesReading(series: series(of: row.coin), facts: .marketCaps(caps), refusals: refusals, covers: nil)
  }

  private static func fault(of row: CapRow) -> (reason: RefusalReason, detail: String)? {
    for (name, amount) in [
      ("market_cap", row.cap), ("circulating_supply", row.circulating), ("total_supply", row.total),
    ] {
      if amount == .notANumber { return (.notANumber, "\(name) is no number") }
      if let number = amount.number, number < 0 || number > 1e18 { return (.outOfBounds, "\(name) is \(number)") }
    }
    return nil
  }
}
