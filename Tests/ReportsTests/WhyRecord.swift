import Glibc
import Market
import Pipeline
import Provenance
import Providers
import Reports
import SQLite
import Store
import Support

/// A record filled by answers typed by hand: bytes are kept, read by the real providers, and measured, as a run does.
final class WhyRecord {
  let store: Store
  let folder: String

  static let catalogue = Catalogue(
    assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)],
    funds: [Fund(ticker: "IBIT", asset: "BTC", name: "iShares Bitcoin Trust ETF")],
    series: [
      definition(.bar, "binance", "BTCUSDT", .hour1, "USDT", 1), definition(.bar, "kraken", "XBTUSD", .hour1, "USD", 3),
      definition(.pricePoint, "coingecko", "bitcoin", .hour1, "USD", 4),
      SeriesDefinition(
        key: SeriesKey(dataset: .sentiment, provider: "alternative.me", providerSymbol: "fng", interval: .day1),
        asset: nil, quoteCurrency: nil, priority: 1),
      definition(.etfFlow, "farside", "btc", .day1, "USD", 1),
    ])

  private static func definition(
    _ dataset: Dataset, _ provider: ProviderName, _ symbol: String, _ interval: Interval, _ currency: String,
    _ priority: Int
  ) -> SeriesDefinition {
    SeriesDefinition(
      key: SeriesKey(dataset: dataset, provider: provider, providerSymbol: symbol, interval: interval), asset: "BTC",
      quoteCurrency: currency, priority: priority)
  }

  init() throws {
    var template = Array("\(TemporaryFolder.parent)/why-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StoreError.notWritable(path: TemporaryFolder.parent, detail: "no folder")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    store = try Store.writing(folder + "/appliance.db", command: "test")
    try store.catalogue.add(Self.catalogue, providers: marketProviders.map(\.profile))
  }

  deinit {
    for name in ["appliance.db", "appliance.db-wal", "appliance.db-shm", "appliance.db.lock"] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  /// The file as it was known then, read beside the writer.
  func asOf(_ instant: String) throws -> Store {
    try Store.reading(folder + "/appliance.db", asOf: Told.instant(instant))
  }

  func why(_ subject: WhySubject, in other: Store? = nil) throws -> Explanation {
    let store = other ?? store
    return try Tracer(store: store, providers: marketProviders, now: now) { _, _ in nil }.explain(subject)
  }

  /// The instant of the last run.
  private var now = Instant(epochSeconds: 0)

  /// A run at an instant that gets these answers; then prices are chosen, snapshots and summaries made.
  func run(at now: String, _ answers: [(Request, String)]) async throws {
    let now = Told.instant(now)
    self.now = now
    let run = try store.runs.begin(command: "ingest", at: now, processID: 1, version: "test")
    for (request, body) in answers {
      let answer = Answer(status: 200, headers: [], body: Array(body.utf8), receivedAt: now)
      let attempt = Attempt(
        url: "https://example.test\(request.target)", startedAt: now, elapsed: .milliseconds(12),
        wireBytes: answer.body.count, result: .success(answer))
      guard let fetch = try store.vault.keep(RoundTrip(request: request, attempts: [attempt]), of: run, quotas: []),
        let provider = marketProviders.first(where: { $0.profile.name == request.provider })
      else { continue }
      _ = try store.facts.store(try provider.read(answer, to: request), from: fetch, step: nil, at: now)
    }
    _ = try store.catalogue.choosePrice(of: "BTC", interval: .hour1, due: (now - 60).floored(to: 3600) - 3600, run: run)
    try store.runs.finish(run, outcome: .done, at: now, quotas: [])
    var options = RunOptions()
    options.only = [.snapshot]
    let dependencies = Ingest.Dependencies(
      providers: [], transport: Nobody(), clock: .standing(at: now), quotas: { [] }, keyed: [], command: "ingest",
      version: "test", processID: 1, closing: [], onEvent: { _ in })
    _ = try await Ingest(store: store, dependencies).run(options)
    _ = try writeSummaries(in: store, now: now)
  }
}

/// Answers in the providers' shapes, from functions of the hour and the day.
enum Told {
  /// 2025-09-19T00:00:00Z, a Friday.
  static let friday = Day("2025-09-19") ?? Day(daysSinceEpoch: 0)

  /// An instant spelled in a test; nonsense becomes the epoch, which no test expects.
  static func instant(_ text: String) -> Instant { Instant(text) ?? Instant(epochSeconds: 0) }

  /// Hours from `from` on; one of them may close otherwise than the function says.
  static func klines(
    from: Instant, hours: Int, restated: [Instant: String] = [:]
  ) -> (Request, String) {
    let rows = (0..<hours).map { number in
      let open = from + Int64(number) * 3600
      let price = 115_000 + Int(open.epochSeconds / 3600) * 37 % 1009
      let close = restated[open] ?? "\(price + 3).50000000"
      return """
        [\(open.epochSeconds * 1000),"\(price).25000000","\(price + 900).00000000","\(price - 900).12000000",\
        "\(close)","\(open.epochSeconds / 3600 % 7 + 1).12345000",\((open.epochSeconds + 3600) * 1000 - 1),"1.0",1,"1.0","1.0","0"]
        """
    }
    let request = Request(
      provider: "binance", path: "/api/v3/klines",
      query: [
        QueryItem("symbol", "BTCUSDT"), QueryItem("interval", "1h"),
        QueryItem("startTime", "\(from.epochSeconds * 1000)"),
        QueryItem("endTime", "\((from + Int64(hours - 1) * 3600).epochSeconds * 1000)"), QueryItem("limit", "1000"),
      ])
    return (request, "[\(rows.joined(separator: ",\n"))]")
  }

  static func kraken(from: Instant, hours: Int) -> (Request, String) {
    let rows = (0...hours).map { number in
      let price = 115_010 + number
      return
        "[\((from + Int64(number) * 3600).epochSeconds),\"\(price).1\",\"\(price + 5).0\",\"\(price - 5).0\",\"\(price + 1).3\",\"1\",\"2.5\",4]"
    }
    let last = (from + Int64(hours - 1) * 3600).epochSeconds
    let request = Request(
      provider: "kraken", path: "/0/public/OHLC",
      query: [
        QueryItem("pair", "XBTUSD"), QueryItem("interval", "60"), QueryItem("since", "\(from.epochSeconds - 1)"),
      ])
    return (request, "{\"error\":[],\"result\":{\"XXBTZUSD\":[\(rows.joined(separator: ","))],\"last\":\(last)}}")
  }

  static func chart(from: Instant, hours: Int) -> (Request, String) {
    func pairs(_ value: (Int) -> String) -> String {
      (0..<hours).map { "[\((from + Int64($0) * 3600).epochSeconds * 1000 + 123),\(value($0))]" }.joined(separator: ",")
    }
    let request = Request(
      provider: "coingecko", path: "/api/v3/coins/bitcoin/market_chart",
      query: [QueryItem("vs_currency", "usd"), QueryItem("days", "2")])
    return (
      request,
      """
      {"prices":[\(pairs { "\(115_000 + $0).123456789" })],"market_caps":[\(pairs { "2.\($0 + 10)e12" })],
      "total_volumes":[\(pairs { "\(35_000_000_000 + $0)" })]}
      """
    )
  }

  static func index(through last: Day, days: Int, restated: [Day: Int] = [:]) -> (Request, String) {
    let entries = (0..<days).map { back in
      let day = last - back
      let value = restated[day] ?? 40 + Int(day.daysSinceEpoch) % 30
      return
        "{\"value\":\"\(value)\",\"value_classification\":\"Neutral\",\"timestamp\":\"\(day.start.epochSeconds)\"}"
    }
    return (
      Request(provider: "alternative.me", path: "/fng/", query: [QueryItem("limit", "\(days)")]),
      "{\"name\":\"Fear and Greed Index\",\"data\":[\n\(entries.joined(separator: ",\n"))],\"metadata\":{\"error\":null}}"
    )
  }

  /// Weekdays, each with two funds; `cells` replaces those of a day.
  static func page(through last: Day, days: Int, cells: [Day: [String]] = [:]) -> (Request, String) {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let rows = (0..<days).reversed().map { last - $0 }.filter(Calendar.weekdays.isOpen).map { day -> String in
      let (year, month, number) = day.parts
      let money = Int(day.daysSinceEpoch) % 9 + 3
      let cells = cells[day] ?? ["\(money).0", "(2.5)", "\(money - 3).5"]
      return "<tr><td>\(number < 10 ? "0" : "")\(number) \(names[month - 1]) \(year)</td>"
        + cells.map { "<td><span class=\"tabletext\">\($0)</span></td>" }.joined() + "</tr>\n"
    }
    return (
      Request(provider: "farside", path: "/btc/"),
      """
      <!DOCTYPE html><html><body><table class="etf">
      <thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>Total</th></tr></thead>
      <tbody>\(rows.joined())</tbody></table></body></html>
      """
    )
  }
}
