import Foundation
import Market
import Support

@testable import Narrative

/// Facts and sentences about them, made by a generator: every figure right, or one of them wrong.
struct MadeTexts {
  /// What is wrong with a sentence.
  enum Fault: CaseIterable { case value, unit, sign, date, asset }

  private var random: SeededGenerator
  let day = Day("2025-09-18")!

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  struct Text {
    let sentence: String
    let facts: GuardedFacts
    let note: String
  }

  /// One asset of the made market.
  struct Made {
    let symbol: String
    let name: String
    let close: Double
    let high: Double
    let low: Double
    let change: Double
    let volatility: Double
    let flow: Double
  }

  mutating func text(_ number: Int, _ fault: Fault?) -> Text {
    let (one, other) = (coin("BTC", "Bitcoin", near: 100_000, number), coin("ETH", "Ethereum", near: 4_000, number + 1))
    let mood = (
      today: Double(Int.random(in: 20...70, using: &random)), moved: Double(Int.random(in: 2...9, using: &random))
    )
    let isGerman = number % 5 == 4
    let facts = facts(one, other, mood, isGerman)
    let (kind, fault) = (number % 6, fault)
    var writer = Writer(isGerman: isGerman, day: day, fault: fault, random: random)
    let sentence = writer.sentence(kind, one, other, mood)
    random = writer.random
    return Text(sentence: sentence, facts: facts, note: "\(number) \(fault.map { "\($0)" } ?? "right")")
  }

  private mutating func coin(_ symbol: String, _ name: String, near price: Double, _ number: Int) -> Made {
    let close = price * Double.random(in: 0.8...1.2, using: &random)
    let size =
      symbol == "BTC" ? Double.random(in: 0.6...2.2, using: &random) : Double.random(in: 4.1...8.8, using: &random)
    return Made(
      symbol: symbol, name: name, close: close, high: close * 1.041, low: close * 0.957,
      change: number.isMultiple(of: 2) ? size : -size, volatility: Double.random(in: 21...79, using: &random),
      flow: (symbol == "BTC" ? 300 : 40) * 1e6 * Double.random(in: 0.8...1.2, using: &random)
        * (number.isMultiple(of: 3) ? -1 : 1))
  }

  private func facts(_ one: Made, _ other: Made, _ mood: (today: Double, moved: Double), _ isGerman: Bool)
    -> GuardedFacts
  {
    func exact(_ value: Double) -> ExactDecimal { ExactDecimal("\(value)")! }
    let figures = [one, other].flatMap { made -> [SuppliedFigure] in
      [
        SuppliedFigure(asset: made.symbol, what: .close, value: exact(made.close), unit: .price("USDT")),
        SuppliedFigure(asset: made.symbol, what: .high, value: exact(made.high), unit: .price("USDT")),
        SuppliedFigure(asset: made.symbol, what: .low, value: exact(made.low), unit: .price("USDT")),
        SuppliedFigure(asset: made.symbol, what: .change, value: exact(made.change), unit: .change),
        SuppliedFigure(asset: made.symbol, what: .volatility, value: exact(made.volatility), unit: .volatility),
        SuppliedFigure(asset: made.symbol, what: .flow, value: exact(made.flow.rounded()), unit: .flow("USD")),
      ]
    }
    return GuardedFacts(
      subject: nil, day: day, names: [one.symbol: [one.symbol, one.name], other.symbol: [other.symbol, other.name]],
      figures: figures + [
        SuppliedFigure(asset: nil, what: .index, value: exact(mood.today), unit: .index),
        SuppliedFigure(asset: nil, what: .indexChange, value: exact(mood.moved), unit: .points),
      ], days: [day - 1], minutes: [0], language: isGerman ? "German" : "English")
  }
}

/// Words one sentence.
private struct Writer {
  let isGerman: Bool
  let day: Day
  let fault: MadeTexts.Fault?
  var random: SeededGenerator

  mutating func sentence(
    _ kind: Int, _ one: MadeTexts.Made, _ other: MadeTexts.Made, _ mood: (today: Double, moved: Double)
  ) -> String {
    let isSwapped = fault == .asset
    let named = isSwapped ? other : one
    let name = pick([named.name, named.symbol])
    let price = money(one.close * wrongFactor, fault == .unit ? "EUR" : pick(["USDT", "$"]))
    let change = percent(abs(one.change) + (fault == .value ? 3.4 : 0))
    let rises = (one.change > 0) != (fault == .sign)
    let date = date(fault == .date ? day - pick([1, 3, 400]) : day)
    if isGerman {
      let verb = rises ? pick(["stieg", "gewann", "kletterte"]) : pick(["fiel", "verlor", "sank"])
      return pick([
        "\(name) \(verb) am \(date) um \(change) und schloss bei \(price).",
        "Am \(date) \(verb) \(name) um \(change) auf \(price).",
      ])
    }
    switch kind {
    case 0:
      return
        "\(name) closed \(pick(["", "on "]))\(date) at \(price), \(rises ? "up" : "down") \(change) against the day before."
    case 1:
      return
        "On \(date) \(name) \(rises ? pick(["rose", "gained", "added"]) : pick(["fell", "lost", "shed"])) \(change) to \(price)."
    case 2: return "\(name) ended \(date) \(change) \(rises ? "higher" : "lower"), at \(price)."
    case 3:
      let comes = (one.flow > 0) != (fault == .sign)
      return
        "The funds of \(name) \(comes ? pick(["took in", "attracted", "had net inflows of"]) : pick(["lost", "had outflows of", "bled"])) \(flow(one.flow)) on \(date)."
    case 4 where fault == nil || fault == .value || fault == .date || fault == .unit:
      let index = mood.today + (fault == .value ? 11 : 0)
      let unit =
        fault == .unit
        ? "\(Int(mood.moved)) per cent" : pick(["\(Int(mood.moved)) points", "\(Int(mood.moved)) points"])
      return "On \(date) the Fear and Greed index stood at \(Int(index)) of 100, \(unit) above the day before."
    default:
      let (low, high) = (money(one.low, nil), money(one.high * wrongFactor, fault == .unit ? "%" : "USDT"))
      let moved = "\(name) moved between \(low) and \(high) on \(date)"
      return fault == .sign ? "\(moved) and was \(rises ? "up" : "down") \(change)." : moved + "."
    }
  }

  /// Far enough from the other prices of its asset, and never rounded away.
  private var wrongFactor: Double { fault == .value ? 1.023 : 1 }

  private mutating func pick<T>(_ choices: [T]) -> T { choices.randomElement(using: &random)! }

  private mutating func money(_ value: Double, _ unit: String?) -> String {
    let text = number(value, decimals: value > 50_000 ? pick([0, 1, 2]) : pick([1, 2]))
    guard let unit else { return text }
    return unit == "$" && !isGerman ? "$" + text : "\(text) \(unit == "$" ? "Dollar" : unit)"
  }

  private mutating func percent(_ value: Double) -> String {
    let text = number(value, decimals: pick([1, 2, 3]))
    if fault == .unit { return text + pick([" USD", " points", " million dollars", " basis points"]) }
    return text + (isGerman ? pick([" %", " Prozent"]) : pick(["%", " %", " per cent", " percent"]))
  }

  private mutating func flow(_ value: Double) -> String {
    let size = abs(value) * (fault == .value ? 1.3 : 1)
    let scale =
      fault == .unit ? pick(["billion dollars", "per cent", "million euros"]) : pick(["million dollars", "m USD"])
    if fault == nil, pick([true, false]) { return "$" + number(size / 1e6, decimals: 1) + pick(["m", " million"]) }
    let text = number(size / 1e6, decimals: pick([0, 1, 2]))
    return scale == "m USD" ? "\(text)m USD" : "\(text) \(scale)"
  }

  /// Grouped, rounded half away from zero by Foundation, which knows nothing of the guard.
  private func number(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    let halves = text.split(separator: ".")
    var grouped = ""
    for (index, digit) in halves[0].enumerated() {
      if index > 0, (halves[0].count - index).isMultiple(of: 3) { grouped += isGerman ? "." : "," }
      grouped.append(digit)
    }
    return halves.count == 2 ? grouped + (isGerman ? "," : ".") + halves[1] : grouped
  }

  private mutating func date(_ day: Day) -> String {
    let (year, month, number) = day.parts
    let english = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    let german = [
      "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
      "Dezember",
    ]
    if isGerman { return pick(["\(number). \(german[month - 1]) \(year)", "\(number).\(month).\(year)"]) }
    let name = english[month - 1]
    return pick([
      "\(number) \(name) \(year)", "\(name) \(number), \(year)",
      "\(year)-\(month < 10 ? "0" : "")\(month)-\(number < 10 ? "0" : "")\(number)",
    ])
  }
}
