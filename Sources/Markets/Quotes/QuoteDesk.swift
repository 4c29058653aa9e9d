import Commands
import Following
import Market
import Rendering
import Store

/// What came of asking for one asset.
struct QuoteAnswer: Sendable {
  let asset: FollowedAsset
  /// The series whose source answered, and what it said; `nil` where none did.
  let told: (series: StoredSeries, quote: Quote)?
  /// Those who were asked before, and why they did not answer, in this order.
  let troubles: [QuoteTrouble]
}

/// Why somebody did not say what something costs.
struct QuoteTrouble: Hashable, Sendable {
  /// Its name for people.
  let title: String
  let words: String
  /// How a command ends that nobody answers.
  let status: ExitStatus
}

/// Asks providers for prices of now, over the same network as a run, within their limits.
struct QuoteDesk: Sendable {
  private let context: CommandContext
  private let store: Store
  private let network: any Network
  private let providers: [ProviderName: any QuoteProvider]
  private let disabled: Set<ProviderName>

  /// - Parameter store: what is followed, and what was used of limits before.
  init(_ context: CommandContext, _ store: Store) throws {
    (self.context, self.store) = (context, store)
    disabled = try store.following.disabledSources()
    providers = Dictionary(
      context.providers.compactMap { $0 as? any QuoteProvider }.map { ($0.profile.name, $0) }
    ) { first, _ in first }
    network = try context.network(quotas: try store.runs.quotas())
  }

  /// Ends what is under way.
  func close() { network.shutDown() }

  /// The answers in the order of the assets; all are under way at once, as far as each provider's limits allow.
  func answers(about assets: [FollowedAsset]) async -> [QuoteAnswer] {
    await withTaskGroup(of: (Int, QuoteAnswer).self) { group in
      for (index, asset) in assets.enumerated() { group.addTask { (index, await answer(about: asset)) } }
      var answers: [Int: QuoteAnswer] = [:]
      for await (index, answer) in group { answers[index] = answer }
      return assets.indices.compactMap { answers[$0] }
    }
  }

  /// Notes what was used of the limits of those who were asked. A run that writes meanwhile does not wait for it.
  func noteQuotas() async {
    let used = await network.quotas().filter { providers[$0.provider] != nil }
    let known = (try? store.runs.quotas()) ?? []
    guard Set(used) != Set(known.filter { providers[$0.provider] != nil }) else { return }
    do { try context.note(used, as: "quote") } catch {
      context.console.say("what was used of limits could not be noted: \(error)")
    }
  }

  private func answer(about asset: FollowedAsset) async -> QuoteAnswer {
    var troubles: [QuoteTrouble] = []
    var asked: Set<ProviderName> = []
    for series in (try? store.catalogue.series(of: asset.asset.symbol)) ?? [] {
      let source = series.key.provider
      guard series.key.holdsBars, series.isAsked, !disabled.contains(source), let provider = providers[source],
        asked.insert(source).inserted
      else { continue }
      switch await ask(provider, series.key.providerSymbol) {
      case .success(let quote): return QuoteAnswer(asset: asset, told: (series, quote), troubles: troubles)
      case .failure(let trouble): troubles.append(trouble.trouble)
      }
      if Task.isCancelled { break }
    }
    if asked.isEmpty {
      let nobody = "nobody who tells prices of now is asked for it; `appliance series list \(asset.asset.symbol)`"
      troubles.append(QuoteTrouble(title: "", words: nobody, status: .failed))
    }
    return QuoteAnswer(asset: asset, told: nil, troubles: troubles)
  }

  private struct Refusal: Error { let trouble: QuoteTrouble }

  private func ask(_ provider: any QuoteProvider, _ symbol: String) async -> Result<Quote, Refusal> {
    let request = provider.quoteRequest(of: symbol, at: context.clock.now)
    let last = await network.roundTrip(request).last
    func refused(_ words: String, _ status: ExitStatus) -> Result<Quote, Refusal> {
      .failure(Refusal(trouble: QuoteTrouble(title: provider.profile.title, words: words, status: status)))
    }
    switch last?.result {
    case .success(let answer):
      do throws(ReadingError) {
        return .success(try provider.quote(in: answer, to: request))
      } catch {
        if case .unknownSymbol = error { return refused("\(error)", .failed) }
        return refused("\(error)", .unreachable)
      }
    case .failure(.cancelled): return refused("not asked to the end", .interrupted)
    case .failure(let error):
      if case .keyMissing = error { return refused("\(error)", .keyMissing) }
      return refused(last?.failure ?? "\(error)", .unreachable)
    case nil: return refused("was not asked", .unreachable)
    }
  }
}
