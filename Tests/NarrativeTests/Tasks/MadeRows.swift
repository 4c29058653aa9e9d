import Market
import SQLite
import Store
import Support
import seeds

@testable import Narrative

/// Texts of the rules typed by hand, in a record of their own.
enum MadeRows {
  static let day = Day("2025-09-18")!
  static let now = Instant("2025-09-19T22:30:00Z")!

  static func facts(of asset: String, name: String, change: String = "0.02345") -> String {
    let quoted = name.unicodeScalars.map { scalar -> String in
      scalar == "\"" || scalar == "\\"
        ? "\\\(scalar)"
        : scalar.value < 0x20 ? "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))" : "\(scalar)"
    }.joined()
    return """
      {"day":"2025-09-18","asset":"\(asset)","name":"\(quoted)","quote_currency":"USDT","source":"binance","is_running":false,\
      "last_bar_end":"2025-09-19T00:00:00Z","open":112594.25,"high":116890.25,"low":112400.75,"close":115234.5,\
      "change_24h":\(change),"volatility_7d":0.3512,"asia_return":0.0031,"europe_return":-0.0022,"us_return":0.0123,\
      "bars":24,"bars_expected":24,"streak_days":4,"extreme_close_days":0,"fng_value":53.0,\
      "fng_classification":"Neutral","fng_value_day_before":51.0,"etf_finality":"final","etf_net_flow_usd":-1234500000,\
      "etf_net_flow_5d_usd":500000000,"etf_five_days":["2025-09-12","2025-09-15","2025-09-16","2025-09-17","2025-09-18"]}
      """
  }

  /// A record with texts of the rules about some assets, and a run under way.
  static func store(_ symbols: [String], change: String = "0.02345") throws -> Store {
    let store = try Store.scratch()
    try store.catalogue.add(Universe.twoCoins, providers: [])
    _ = try store.runs.begin(command: "test", at: now, processID: 1, version: "test")
    try write(symbols, change: change, to: store)
    return store
  }

  static func write(_ symbols: [String], change: String, to store: Store) throws {
    _ = try store.summaries.store(
      symbols.map {
        SummaryRow(
          day: day, asset: $0, maker: "rule-1", text: "By rule.",
          facts: facts(of: $0, name: $0 == "BTC" ? "Bitcoin" : "Ethereum", change: change))
      })
  }

  static let rules = GuardRules(languages: FigureWords.languages, strangers: [])
}
