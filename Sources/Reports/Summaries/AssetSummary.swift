import Market
import Rendering

/// The day of one asset in two to five plain sentences. Equal facts give equal text.
struct AssetSummary {
  let facts: AssetFacts

  var text: String {
    [headline, range, volatility, mood, flows].compactMap { $0 }.joined(separator: " ")
  }

  /// The asset's name as people know it; its symbol where it has none.
  private var name: String {
    let name = oneLine(facts.day.asset.name)
    return name.isEmpty ? oneLine(facts.day.asset.symbol) : name
  }

  private var day: String { facts.snapshot.day.spelled }

  private func price(_ value: Double) -> String {
    priceText(value) + (facts.day.quoteCurrency.map { " " + oneLine($0) } ?? "")
  }
}

// MARK: - The price

extension AssetSummary {
  private var headline: String {
    let close = price(facts.snapshot.close)
    let time = facts.lastClose.map { $0.minute(within: facts.snapshot.day) + " UTC" } ?? "an unknown hour"
    let opening =
      if facts.hasClose {
        "\(name) closed \(day) at \(close)"
      } else if facts.isRunning {
        "So far on \(day), up to \(time), \(name) stands at \(close)"
      } else {
        "The last price of \(name) on \(day) that is known, at \(time), is \(close)"
      }
    return opening + ", " + change + completeness + "."
  }

  private var change: String {
    guard let change = facts.snapshot.change24h else {
      return "with no price of 24 hours earlier to compare"
    }
    let base = facts.hasClose ? "on the day before" : "over 24 hours"
    return ([changeWords(change) + " " + base] + records).joined(separator: ", ")
  }

  private var records: [String] {
    var records: [String] = []
    let streak = facts.streak
    if streak.magnitude >= 3 {
      let kind = streak > 0 ? "rise" : "fall"
      records.append(
        "\(facts.isStreakOpen ? "at least " : "")its \(ordinal(Int(streak.magnitude))) daily \(kind) in a row")
    }
    let days = facts.extremeOverDays
    if days != 0 {
      records.append("the \(days > 0 ? "highest" : "lowest") daily close of \(days.magnitude) days")
    }
    return records.isEmpty ? [] : [enumeration(records)]
  }

  private var completeness: String {
    guard facts.barsMissing > 0 else { return "" }
    let soFar = facts.isRunning ? " so far" : ""
    return "; \(facts.snapshot.bars) of \(facts.barsExpected) hourly bars are there\(soFar)"
  }

  private var range: String {
    let verb = facts.isRunning ? "has moved" : "moved"
    let bounds = "It \(verb) between \(priceText(facts.snapshot.low)) and \(price(facts.snapshot.high))"
    let parts = DayPart.allCases.compactMap(part)
    return bounds + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")) + "."
  }

  /// `Asia +0.31 %`; `nil` for a part that is still to come, and for assets without day parts.
  private func part(_ part: DayPart) -> String? {
    guard facts.day.key.interval.seconds < 86_400 else { return nil }
    let day = facts.snapshot.day
    let isAhead = facts.isRunning && (facts.day.lastBar.map { $0 < part.start(of: day) } ?? false)
    guard !isAhead else { return nil }
    guard let change = facts.snapshot.change(in: part) else { return "\(part.title) without bars" }
    let isUnderWay = facts.isRunning && (facts.lastClose.map { $0 < part.end(of: day) } ?? false)
    return "\(part.title) \(changeText(change))\(isUnderWay ? " so far" : "")"
  }

  private var volatility: String? {
    guard let volatility = facts.snapshot.volatility7d else {
      return facts.day.key.interval == .hour1 ? "There are too few hourly bars for a seven-day volatility." : nil
    }
    let figure = shareText(volatility, decimals: 1)
    return "Seven-day volatility is \(volatilityWord(volatility)), \(figure) a year."
  }
}

// MARK: - What stands around it

extension AssetSummary {
  private var mood: String? { facts.mood.map { $0.sentence(isRunning: facts.isRunning) } }

  private var flows: String? {
    guard let flows = facts.flows else { return nil }
    let sum = flows.fiveDayUSD.map { "over the last five final days they \(netFlowWords($0))" }
    return sentence([today(flows), sum].compactMap { $0 })
  }

  private func today(_ flows: FlowFacts) -> String {
    switch flows.finality {
    case .final:
      flows.totalUSD.map { "The ETFs that hold it \(netFlowWords($0)) on the day" }
        ?? "The sum over the ETFs that hold it cannot be told"
    case .provisional: "The day's flows of the ETFs that hold it are not yet final"
    case .notReporting: "The ETFs that hold it reported no flows on the day, as on a market holiday"
    case nil where flows.rest == .weekend: "The ETFs that hold it do not report at weekends"
    case nil where flows.rest == .holiday: "The ETFs that hold it do not report on market holidays"
    case nil: "No flows of the ETFs that hold it are known for the day"
    }
  }

  private func sentence(_ clauses: [String]) -> String { clauses.joined(separator: "; ") + "." }
}

/// `took in 222.6 m USD net`
func netFlowWords(_ usd: Int64) -> String {
  switch usd {
  case 0: "had no net flow"
  case 1...: "took in \(moneyText(usd: usd)) net"
  default: "lost \(moneyText(usd: usd == .min ? .max : -usd)) net"
  }
}

/// `3rd`
private func ordinal(_ number: Int) -> String {
  let ending =
    switch (number % 10, number % 100) {
    case (_, 11...13): "th"
    case (1, _): "st"
    case (2, _): "nd"
    case (3, _): "rd"
    default: "th"
    }
  return "\(number)\(ending)"
}
