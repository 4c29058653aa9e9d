import Market
import Rendering

/// The day of the whole market in two to four plain sentences. Equal facts give equal text.
struct MarketSummary {
  let facts: MarketFacts

  var text: String {
    [
      alone ?? breadth, alone == nil ? extremes : nil, facts.mood.map { $0.sentence(isRunning: facts.isRunning) },
      flows,
    ].compactMap { $0 }
      .joined(separator: " ")
  }

  /// Assets whose change over 24 hours is known, best first.
  private var ranked: [AssetFacts] { facts.assets.ranked }

  /// What changes are over: what has sessions is compared with the one before.
  private var span: String {
    facts.assets.contains { $0.day.asset.assetClass != .crypto } ? "on the day or session before" : "over 24 hours"
  }

  private var opening: String {
    guard facts.isRunning, let lastClose = facts.lastClose else { return "On \(facts.day.spelled)" }
    return "So far on \(facts.day.spelled), up to \(lastClose.minute(within: facts.day)) UTC,"
  }

  /// Of a single asset, which has neither breadth nor extremes.
  private var alone: String? {
    guard facts.assets.count == 1, let asset = ranked.first else { return nil }
    return
      "\(opening) \(name(of: asset)) \(facts.isRunning ? "stands" : "stood") at \(price(of: asset, span))."
  }

  private var breadth: String {
    let ranked = ranked
    if facts.assets.isEmpty {
      return
        "On \(facts.day.spelled) no bars are stored, only sampled prices, and so no changes, highs and lows are known."
    }
    let isOfCoins = facts.assets.allSatisfy { $0.day.asset.assetClass == .crypto }
    let earlier = isOfCoins ? "of 24 hours earlier" : "of the day or session before"
    guard !ranked.isEmpty else { return "\(opening) no asset has a price \(earlier) to compare." }
    let rising = ranked.filter { ($0.snapshot.change24h ?? 0) > 0 }.count
    let isOne = rising == 1 || ranked.count == 1
    let verb = facts.isRunning ? (isOne ? "is" : "are") : (isOne ? "was" : "were")
    let unknown = facts.assets.filter { $0.snapshot.change24h == nil }.map { oneLine($0.day.asset.symbol) }
    let named = unknown.count > 8 ? counted(unknown.count, "asset") : enumeration(unknown)
    let rest = unknown.isEmpty ? "" : "; for \(named) there is no price \(earlier)"
    return "\(opening) \(rising) of \(counted(ranked.count, "asset")) \(verb) up \(span)\(classes)\(rest)."
  }

  /// `: 5 of 6 coins, by +0.9 % in the median, and 12 of 49 stocks, by −1.2 %`; of one class nothing.
  private var classes: String {
    let days = ClassDay.all(of: facts.assets)
    guard days.count > 1 else { return "" }
    let told = days.map { day in
      let median = day.medianChange.map { " (median \(changeText($0)))" } ?? ""
      return "\(day.rising) of \(day.ranked.count) \(day.noun)\(median)"
    }
    return ": " + enumeration(told)
  }

  private var extremes: String? {
    let ranked = ranked
    guard let best = ranked.first, let worst = ranked.last else { return nil }
    guard ranked.count > 1 else { return "\(name(of: best)) stood at \(price(of: best))." }
    let verb = facts.isRunning ? "is" : "was"
    return
      "Strongest \(verb) \(name(of: best)) at \(price(of: best)), weakest \(name(of: worst)) at \(price(of: worst))."
  }

  private func name(of asset: AssetFacts) -> String {
    let name = oneLine(asset.day.asset.name)
    return name.isEmpty ? oneLine(asset.day.asset.symbol) : name
  }

  /// `115,632.38 USDT (−1.2 %)`
  ///
  /// - Parameter span: what the change is over, where nothing before says so.
  private func price(of asset: AssetFacts, _ span: String? = nil) -> String {
    let currency = asset.day.quoteCurrency.map { " " + oneLine($0) } ?? ""
    let change = asset.snapshot.change24h.map { " (\(changeText($0))\(span.map { " " + $0 } ?? ""))" } ?? ""
    return priceText(asset.snapshot.close) + currency + change
  }
}

// MARK: - Flows

extension MarketSummary {
  private var withFlows: [AssetFacts] { facts.assets.filter { $0.flows != nil } }

  private func symbols(_ assets: [AssetFacts]) -> String { enumeration(assets.map { oneLine($0.day.asset.symbol) }) }

  private var flows: String? {
    guard !withFlows.isEmpty else { return nil }
    let final = withFlows.filter { $0.flows?.totalUSD != nil }
    let open = withFlows.filter { $0.flows?.finality == .provisional }
    switch (totalFlowUSD, open.isEmpty) {
    case (let total?, true): return "ETFs that hold \(symbols(final)) \(netFlowWords(total)) on the day."
    case (let total?, false):
      return
        "ETFs that hold \(symbols(final)) \(netFlowWords(total)) on the day; for \(symbols(open)) the flows are not "
        + "yet final."
    case (nil, false): return "The day's ETF flows of \(symbols(open)) are not yet final."
    case (nil, true):
      switch withFlows.first?.flows?.rest {
      case .weekend: return "ETFs do not report flows at weekends."
      case .holiday: return "ETFs do not report flows on market holidays."
      case nil: return "No ETF flows of \(symbols(withFlows)) are known for the day."
      }
    }
  }

  /// Total flow of the assets whose day is final; `nil` where there is none, or where the sum does not fit 64 bits.
  var totalFlowUSD: Int64? { MarketSummary.sum(facts.assets.compactMap { $0.flows?.totalUSD }) }

  private static func sum(_ flows: [Int64]) -> Int64? {
    flows.isEmpty ? nil : Int64(exactly: flows.reduce(Int128(0)) { $0 + Int128($1) })
  }
}
