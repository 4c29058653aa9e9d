import Formats
import Market
import Pipeline
import Providers
import Support
import Synchronization

@testable import Store

/// A few feeds in memory, with validators, and a clock that stands where the test puts it.
final class Kiosk: Transport {
  struct Item: Sendable {
    var title: String
    var link: String
    var at: String
    var guid: String?
    var summary = ""

    var text: String {
      "<item><title><![CDATA[\(title)]]></title><link>\(link)</link>"
        + (guid.map { "<guid isPermaLink=\"false\">\($0)</guid>" } ?? "")
        + "<pubDate>\(at)</pubDate><description><![CDATA[\(summary)]]></description></item>"
    }
  }

  struct State: Sendable {
    var now = Instant("2026-10-03T12:00:00Z")!
    /// The items of each feed by its address.
    var feeds: [String: [Item]] = [:]
    /// What a feed answers with instead.
    var faults: [String: (status: Int, body: String)] = [:]
    /// Feeds of which only half comes, under the validators of the whole.
    var cut: Set<String> = []
    var asked: [Request] = []
  }

  static let coins = "https://coins.example/feed"
  static let wire = "https://wire.example/rss"

  let store: Store
  private let state = Mutex(State())

  init(_ store: Store) throws {
    self.store = store
    try store.catalogue.add(
      Catalogue(
        assets: ["BTC", "ETH"].map { Asset(symbol: $0, name: $0, assetClass: .crypto) }, funds: [],
        series: [Kiosk.coins, Kiosk.wire].map {
          SeriesDefinition(key: Kiosk.key($0), asset: nil, quoteCurrency: nil, priority: 1)
        }), providers: [Rss().profile])
  }

  static func key(_ address: String) -> SeriesKey {
    SeriesKey(dataset: .newsItem, provider: "rss", providerSymbol: address, interval: .day1)
  }

  func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

  func takeAsked() -> [Request] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func run(at now: String, _ adjust: (inout RunOptions) -> Void = { _ in }) async throws -> RunReport {
    let now = Instant(now)!
    change { $0.now = now }
    var options = RunOptions()
    adjust(&options)
    return try await ingest(at: now).run(options)
  }

  /// The newest answers of both feeds as a capture would hold them.
  func captured(at now: String) async throws -> CapturedRun {
    let now = Instant(now)!
    change { $0.now = now }
    let roundTrips = state.withLock { state in
      [Kiosk.coins, Kiosk.wire].compactMap { address in
        Rss().requests(for: Want(series: Kiosk.key(address), span: now...now), at: now).first.map {
          (request: $0, answer: Kiosk.answer(to: $0, state))
        }
      }
    }
    return CapturedRun(instant: now, roundTrips: roundTrips)
  }

  func replay(_ runs: [CapturedRun]) async throws -> RunReport {
    try await ingest(at: Instant(epochSeconds: 0)).replay(runs, RunOptions())
  }

  private func ingest(at now: Instant) -> Ingest {
    Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [Rss()], transport: self, clock: .standing(at: now), quotas: { [] }, keyed: [], command: "ingest",
        version: "test", processID: 1, closing: [], onEvent: { _ in }))
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let answer = state.withLock { state in
      state.asked.append(request)
      return Kiosk.answer(to: request, state)
    }
    return RoundTrip(request, answered: answer)
  }

  private static func answer(to request: Request, _ state: State) -> Answer {
    let address = "https:\(request.target)"
    if let fault = state.faults[address] {
      return Answer(status: fault.status, headers: [], body: Array(fault.body.utf8), receivedAt: state.now)
    }
    let body = "<rss><channel><title>T</title>\((state.feeds[address] ?? []).map(\.text).joined())</channel></rss>"
    let tag = "\"\(body.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) })\""
    if request.headers.contains(where: { $0.name == "if-none-match" && $0.value == tag }) {
      return Answer(status: 304, headers: [HeaderField("etag", tag)], body: [], receivedAt: state.now)
    }
    let sent = state.cut.contains(address) ? Array(body.utf8.prefix(body.utf8.count / 2)) : Array(body.utf8)
    return Answer(status: 200, headers: [HeaderField("etag", tag)], body: sent, receivedAt: state.now)
  }
}
