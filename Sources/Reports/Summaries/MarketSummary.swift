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
  private var ranked: [AssetFacts] {
    facts.assets.filter { $0.snapshot.change24h != nil }.sorted {
      ($1.snapshot.change24h ?? 0, $0.day.asset.symbol) < ($0.snapshot.change24h ?? 0, $1.day.asset.symbol)
    }
  }

  private var opening: String {
    guard facts.isRunning, let lastClose = facts.lastClose else { return "On \(facts.day.spelled)" }
    return "So far on \(facts.day.spelled), up to \(lastClose.minute(within: facts.day)) UTC,"
  }

  /// Of a single asset, which has neither breadth nor extremes.
  private var alone: String? {
    guard facts.assets.count == 1, let asset = ranked.first else { return nil }
    return
      "\(opening) \(name(of: asset)) \(facts.isRunning ? "stands" : "stood") at \(price(of: asset, "over 24 hours"))."
  }

  private var breadth: String {
    let ranked = ranked
    if facts.assets.isEmpty {
      return
        "On \(facts.day.spelled) no bars are stored, only sampled prices, and so no changes, highs and lows are known."
    }
    guard !ranked.isEmpty else { return "\(opening) no asset has a price of 24 hours earlier to compare." }
    let rising = ranked.filter { ($0.snapshot.change24h ?? 0) > 0 }.count
    let isOne = rising == 1 || ranked.count == 1
    let verb = facts.isRunning ? (isOne ? "is" : "are") : (isOne ? "was" : "were")
    let unknown = facts.assets.filter { $0.snapshot.change24h == nil }.map { oneLine($0.day.asset.symbol) }
    let rest = unknown.isEmpty ? "" : "; for \(enumeration(unknown)) there is no price of 24 hours earlier"
    return "\(opening) \(rising) of \(counted(ranked.count, "asset")) \(verb) up over 24 hours\(rest)."
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
