import Market
import Providers
import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Two hundred feeds of fifty items each, in bodies of 200 kB or short ones.
struct FeedWork {
  private static let feeds = 200
  private static let items = 50
  /// How many answers are stored together, as in a run that asks several feeds at a time.
  private static let together = 8

  private let provider = Rss()
  private let now = Workload.now

  /// Reads all long bodies; counts bytes.
  func read() throws {
    let told = try answers(isLong: true)
    let began = ContinuousClock.now
    var items = 0
    for (request, answer) in told { items += try provider.read(answer, to: request).facts.count }
    let elapsed = ContinuousClock.now - began
    guard items == Self.feeds * Self.items else { throw Wrong(items: items) }
    report(rows: told.reduce(0) { $0 + $1.1.body.count }, elapsed)
  }

  /// Keeps, reads and stores all long bodies in a fresh file; counts bytes.
  func store(in file: String) throws {
    let told = try answers(isLong: true)
    let elapsed = try stored(in: file, told) { store, run, step in
      for start in stride(from: 0, to: told.count, by: Self.together) {
        let part = told[start..<min(start + Self.together, told.count)]
        let packed = try part.map { try PackedRoundTrip(roundTrip($0.0, $0.1)) }
        let fetches = try store.vault.keep(packed, of: run, quotas: [])
        _ = try store.facts.store(
          try zip(part, fetches).map { one, fetch in
            guard let fetch else { throw Wrong(items: 0) }
            return ReadAnswer(try provider.read(one.1, to: one.0), from: fetch, receivedAt: now, step: step)
          })
      }
    }
    report(rows: told.reduce(0) { $0 + $1.1.body.count }, elapsed)
  }

  /// Stores ten thousand items that were read before, and makes articles of them; counts items.
  func fold(in file: String) throws {
    let told = try answers(isLong: false)
    let readings = try told.map { try provider.read($0.1, to: $0.0) }
    let elapsed = try stored(in: file, told) { store, run, step in
      guard let fetch = try store.vault.keep(roundTrip(told[0].0, told[0].1), of: run, quotas: []) else {
        throw Wrong(items: 0)
      }
      for start in stride(from: 0, to: readings.count, by: Self.together) {
        _ = try store.facts.store(
          readings[start..<min(start + Self.together, readings.count)].map {
            ReadAnswer($0, from: fetch, receivedAt: now, step: step)
          })
      }
    }
    report(rows: Self.feeds * Self.items, elapsed)
  }

  private struct Wrong: Error {
    let items: Int
  }

  private func stored(
    in file: String, _ told: [(Request, Answer)], _ work: (Store, RunID, StepID) throws -> Void
  ) throws -> Duration {
    let store = try Store.writing(file, command: "bench")
    try store.claim(.live)
    let coins = ["BTC", "ETH", "SOL"].map { Asset(symbol: $0, name: $0, assetClass: .crypto) }
    try store.catalogue.add(
      Catalogue(
        assets: coins, funds: [],
        series: (0..<Self.feeds).map {
          SeriesDefinition(key: key($0), asset: nil, quoteCurrency: nil, priority: 1)
        }), providers: [provider.profile])
    let run = try store.runs.begin(command: "bench", at: now, processID: getpid(), version: "bench")
    let step = try store.runs.beginStep(.news, series: nil, of: run, at: now)
    let began = ContinuousClock.now
    try work(store, run, step)
    let elapsed = ContinuousClock.now - began
    try store.runs.finish(run, outcome: .done, at: now, quotas: [])
    store.close()
    return elapsed
  }

  // MARK: Bodies

  private func key(_ feed: Int) -> SeriesKey {
    SeriesKey(
      dataset: .newsItem, provider: provider.profile.name, providerSymbol: "https://paper\(feed).example/rss",
      interval: .day1)
  }

  private func answers(isLong: Bool) throws -> [(Request, Answer)] {
    try (0..<Self.feeds).map { feed in
      let want = Want(series: key(feed), span: now...now)
      guard let request = provider.requests(for: want, at: now).first else { throw Wrong(items: feed) }
      let answer = Answer(
        status: 200, headers: [HeaderField("content-type", "application/rss+xml")],
        body: body(of: feed, isLong: isLong), receivedAt: now)
      return (request, answer)
    }
  }

  private func body(of feed: Int, isLong: Bool) -> [UInt8] {
    var text = "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">"
    text += "<channel><title>Paper \(feed)</title>\n"
    for item in 0..<Self.items {
      var words = Words(seed: feed * 1000 + item)
      text +=
        "<item><title>\(words.next(9))</title><link>https://paper\(feed).example/news/\(item)?utm_source=rss</link>"
      text += "<guid isPermaLink=\"false\">\(feed)-\(item)</guid><pubDate>Fri, 19 Sep 2025 "
      text +=
        "\(10 + item % 10):\(10 + item % 50):00 GMT</pubDate><description><![CDATA[\(words.next(40))]]></description>"
      if isLong {
        text += "<content:encoded><![CDATA["
        for _ in 0..<9 { text += "<p class=\"text\">\(words.next(60))</p>" }
        text += "]]></content:encoded>"
      }
      text += "</item>\n"
    }
    return Array((text + "</channel></rss>").utf8)
  }

  private func roundTrip(_ request: Request, _ answer: Answer) -> RoundTrip {
    RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "http://127.0.0.1\(request.target)", startedAt: now, elapsed: .milliseconds(80),
          wireBytes: answer.body.count, result: .success(answer))
      ])
  }
}

/// Words of a few syllables, the same for the same seed; now and then an asset and a number.
private struct Words {
  private var state: UInt64
  private static let parts = ["mar", "ket", "ra", "lly", "bond", "ven", "tor", "clo", "sing", "trade", "fun", "der"]

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next(_ count: Int) -> String {
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Int(state >> 33)
      switch number % 29 {
      case 0: return "Bitcoin"
      case 1: return "\(number % 400).\(number % 10)%"
      default:
        let all = Self.parts
        return all[number % all.count] + all[number / 16 % all.count] + all[number / 256 % all.count]
      }
    }.joined(separator: " ")
  }
}
