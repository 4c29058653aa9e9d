import Foundation
import Market
import Pipeline
import Store
import Testing

/// What one fault of one provider came to.
struct FaultVerdict: Sendable {
  let provider: ProviderName
  /// One line: outcome, facts, answers kept, and the reason in words.
  let words: String

  /// Lets the provider meet the fault, checks what must hold whatever it is, and tells what came of it.
  ///
  /// - Parameter recovers: whether a second run must bring what this one missed.
  init(_ fault: Fault, of player: ProviderName, recovers: Bool) async throws {
    self.provider = player
    let name = "\(fault), \(player)"
    let scene = try FaultScene(player), truth = try await Truth.of(player)
    let provider = scene.provider
    let (report, requests) = try await scene.run(fault)
    let record = try #require(try Record(scene.home.database))
    let step = try #require(report.steps.first { $0.source == provider }, "\(name)")

    // The file is whole, and says of the run what the run says of itself.
    #expect(try record.faults() == [], "\(name)")
    #expect(try record.runs() == [report.outcome.rawValue], "\(name)")
    #expect(report.outcome == ([.done, .skipped].contains(step.outcome) ? .done : .partial), "\(name)")
    #expect(
      step.outcome != .done || step.counts.new > 0 || fault.believed.contains(player), "\(name): done, and no fact")
    // Nothing is stored that is not true.
    let facts = try record.facts(from: provider)
    let untrue = fault.believed.contains(player) ? [] : facts.subtracting(truth.facts)
    #expect(untrue == [], "\(name): stored, and not true")
    #expect(facts.count == step.counts.new, "\(name)")
    // What the others gave is stored, and another source stands in where prices are missing.
    #expect(try record.facts(notFrom: provider).isSuperset(of: truth.others), "\(name): lost of the others")
    if truth.givesPrices, step.outcome == .failed { #expect(try record.count("bar") >= 40, "\(name): no stand-in") }
    // No more was asked than patience allows, and every answer that came whole is kept as it came.
    let asked = requests.count { $0.path.hasPrefix("/\(provider.pathName)/") }
    // Three tries; libcurl itself asks again where a connection that was kept alive turns out to be dead.
    #expect(asked <= 6, "\(name): asked \(asked) times")
    let store = try Store.reading(scene.home.database)
    #expect(try store.vault.sample(20).faults == [], "\(name)")
    #expect(try store.vault.unreadFetches() == [], "\(name): kept and never read")
    store.close()

    words = try FaultVerdict.words(step, record, truth, facts)
    if recovers, !fault.believed.contains(player) { try await FaultVerdict.expectRecovery(scene, truth, name) }
  }

  /// Eight days later, when nobody need be left alone any more, the true answers bring what was missing.
  private static func expectRecovery(_ scene: FaultScene, _ truth: Truth, _ name: String) async throws {
    let (report, _) = try await scene.run(nil, at: Truth.later)
    #expect(report.outcome == .done, "\(name), later: \(report.steps)")
    let facts = try #require(try Record(scene.home.database)).facts(from: scene.provider)
    #expect(truth.freshFacts.subtracting(facts) == [], "\(name): missing, later")
    #expect(facts.subtracting(truth.laterFacts.union(truth.freshFacts)) == [], "\(name): stored later, and not true")
  }

  private static func words(
    _ step: StepReport, _ record: Record, _ truth: Truth, _ facts: Set<String>
  ) throws -> String {
    let source = "source_id = (SELECT source_id FROM source WHERE name = '\(truth.provider)')"
    let kept = try record.count("fetch WHERE body_id IS NOT NULL AND \(source)")
    let stored =
      facts.isEmpty ? "no fact" : facts == truth.facts ? "all facts" : "\(facts.count) of \(truth.facts.count) facts"
    let refused = step.counts.refused > 0 ? ", \(step.counts.refused) rows refused" : ""
    let outcome = [step.outcome.rawValue, step.reason?.rawValue].compactMap { $0 }.joined(separator: ", ")
    let detail = step.detail.map { ": \($0)" } ?? ""
    return "\(outcome), \(stored)\(refused), \(kept) kept\(detail)"
      .replacing(/http:\/\/127\.0\.0\.1:\d{4,5}\//, with: "http://SERVER/")
      // Whether a second answer was under way when the first one ended the step is luck.
      .replacing("2 kept: blocked", with: "1 kept: blocked")
      // How far it came within the time is luck.
      .replacing(/complete after 1 s, cut off after \d+ bytes/, with: "complete after 1 s, cut off after some bytes")
  }
}

/// What a provider says when it behaves: by this every run with a fault is judged.
struct Truth: Sendable {
  static let later = FaultScene.now + 8 * 86_400

  let provider: ProviderName
  let facts: Set<String>
  let others: Set<String>
  /// After a second run, later.
  let laterFacts: Set<String>
  /// After a first run, later.
  let freshFacts: Set<String>
  let givesPrices: Bool

  static func of(_ player: ProviderName) async throws -> Truth { try await Known.shared.truth(of: player) }

  private init(making player: ProviderName) async throws {
    let scene = try FaultScene(player)
    provider = scene.provider
    _ = try await scene.run(nil)
    let record = try #require(try Record(scene.home.database))
    facts = try record.facts(from: provider)
    others = try record.facts(notFrom: provider)
    givesPrices = ["binance", "coinbase", "kraken", "coingecko"].contains(provider)
    _ = try await scene.run(nil, at: Truth.later)
    laterFacts = try #require(try Record(scene.home.database)).facts(from: provider)
    let fresh = try FaultScene(player)
    _ = try await fresh.run(nil, at: Truth.later)
    freshFacts = try #require(try Record(fresh.home.database)).facts(from: provider)
    try #require(
      facts.count >= 2 && !freshFacts.isEmpty && laterFacts.count > facts.count && others.count >= 2, "\(provider)")
  }

  /// Made once.
  private actor Known {
    static let shared = Known()
    private var truths: [ProviderName: Task<Truth, any Error>] = [:]

    func truth(of provider: ProviderName) async throws -> Truth {
      let task = truths[provider] ?? Task { try await Truth(making: provider) }
      truths[provider] = task
      return try await task.value
    }
  }
}

extension Record {
  private static let series = "JOIN series USING (series_id) JOIN source USING (source_id)"

  /// Values with their keys, as SQL literals.
  func facts(from provider: ProviderName) throws -> Set<String> { try facts("source.name = '\(provider)'") }

  func facts(notFrom provider: ProviderName) throws -> Set<String> {
    try facts("source.name <> '\(provider)' AND dataset IN ('sentiment', 'etf_flow')")
  }

  private func facts(_ condition: String) throws -> Set<String> {
    let queries = [
      "SELECT source.name, open_time, open, high, low, close, volume FROM bar",
      "SELECT source.name, at, price, market_cap, volume_24h FROM price_point",
      "SELECT source.name, day, value, classification FROM sentiment",
      "SELECT source.name, day, ticker, net_flow_usd, net_assets_usd FROM etf_flow JOIN etf USING (etf_id)",
      "SELECT source.name, news_item.day, guid, news_item.title, news_item.url FROM news_item",
      "SELECT source.name, macro_observation.day, value FROM macro_observation",
      "SELECT source.name, theme_value.day, measure, value FROM theme_value",
      "SELECT source.name, period, event_item.title, number, event_item.day, forecast, is_withdrawn FROM event_item",
    ]
    return Set(try queries.flatMap { try rows("\($0) \(Record.series) WHERE \(condition)") })
  }
}
