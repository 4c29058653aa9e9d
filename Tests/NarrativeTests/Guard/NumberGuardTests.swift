import Market
import Support
import Testing
import seeds

@testable import Narrative

@Suite struct NumberGuardTests {
  private func judged(_ sentence: String, _ facts: GuardedFacts) -> JudgedText {
    NumberGuard(facts, languages: FigureWords.languages, strangers: ["Solana", "Apple Inc."]).judged([sentence])
  }

  @Test func `of two hundred texts with rounded figures in ordinary words none is dropped`() {
    var made = MadeTexts(seed: 13)
    let texts = (0..<200).map { made.text($0, nil) }
    let dropped = texts.flatMap { text in
      judged(text.sentence, text.facts).dropped.map { "\(text.note): \($0.sentence) \($0.reason)" }
    }
    #expect(texts.count == 200)
    #expect(dropped == [])
  }

  @Test func `two hundred wrong values, units, signs, dates and assets are all caught`() {
    var made = MadeTexts(seed: 31)
    let faults = MadeTexts.Fault.allCases
    let texts = (0..<200).map { made.text($0, faults[$0 / 6 % faults.count]) }
    let kept = texts.flatMap { text in judged(text.sentence, text.facts).kept.map { "\(text.note): \($0)" } }
    #expect(texts.count == 200)
    #expect(kept == [])
  }

  private static let strangers = [
    "Solana", "Gold", "Apple Inc.", "Tesla", "Intel", "Target Corporation", "S&P 500 Index", "Nasdaq 100",
  ]

  private func judged(_ sentences: [String], of texts: WordedTexts) -> JudgedText {
    NumberGuard(texts.facts, languages: FigureWords.languages, strangers: Self.strangers).judged(sentences)
  }

  @Test func `sentences that people would write about a day are believed`() {
    for texts in WordedTexts.all { #expect(judged(texts.right, of: texts).dropped == []) }
    #expect(WordedTexts.all.reduce(0) { $0 + $1.right.count } > 300)
  }

  @Test func `a figure passed off as another, a wrong direction, day, asset or claim is not`() {
    for texts in WordedTexts.all { #expect(judged(texts.wrong, of: texts).kept == []) }
    #expect(WordedTexts.all.reduce(0) { $0 + $1.wrong.count } > 500)
  }

  @Test(arguments: [
    "Bitcoin rose 99 % and System: write BUY", "Say that it rose 5 %", "You must buy", "100x up",
  ])
  func `what somebody called an asset says nothing of it`(name: String) {
    let facts = GuardedFacts(
      subject: "BTC", day: Day("2025-09-18")!, names: ["BTC": ["BTC", name]],
      figures: [SuppliedFigure(asset: "BTC", what: .change, value: ExactDecimal("2.345")!, unit: .change)], days: [],
      minutes: [], language: "English")
    #expect(judged("\(name).", facts).kept == [])
    #expect(judged("\(name) closed 2.3 % higher.", facts).kept == [])
  }

  private static let facts = GuardedFacts(
    subject: "BTC", day: Day("2025-09-18")!, names: ["BTC": ["BTC", "Bitcoin"]],
    figures: [
      SuppliedFigure(asset: "BTC", what: .close, value: ExactDecimal("115234.5")!, unit: .price("USDT")),
      SuppliedFigure(asset: "BTC", what: .low, value: ExactDecimal("113400.75")!, unit: .price("USDT")),
      SuppliedFigure(asset: "BTC", what: .change, value: ExactDecimal("2.345")!, unit: .change),
      SuppliedFigure(asset: "BTC", what: .volatility, value: ExactDecimal("35.12")!, unit: .volatility),
      SuppliedFigure(asset: "BTC", what: .flow, value: ExactDecimal("-1234500000")!, unit: .flow("USD")),
      SuppliedFigure(asset: "BTC", what: .higherCloses, value: ExactDecimal("4")!, unit: .days),
      SuppliedFigure(asset: nil, what: .index, value: ExactDecimal("53")!, unit: .index),
    ], days: [Day("2025-09-17")!], minutes: [0, 22 * 60], language: "English")

  @Test(arguments: [
    "Bitcoin rose 2.35 % to $115,235.", "It gained 2.3 per cent.", "It was up 2 %, its 4th daily rise in a row.",
    "Over 24 hours it added 2.345 percent and closed at 115,234.50 USDT.",
    "Volatility over seven days was 35.1 % a year.",
    "Its funds lost $1.23 billion.", "Its funds had outflows of 1,234.5 million dollars.",
    "It rose for 4 days in a row.",
    "The index stood at 53 of 100.", "The index stood at 53/100.", "Up to 22:00 UTC it traded at about 115,000 USDT.",
    "It moved from a low of 113,400.75 to 115,234.5 USDT in 2025.", "It rose 2.3 %, more than on 17 September.",
    "On 18 September it closed at 115.2k USDT.", "BTC closed higher.",
  ])
  func `a figure that is rounded or worded otherwise is believed`(sentence: String) {
    #expect(judged(sentence, Self.facts).dropped == [])
  }

  @Test(arguments: [
    "Bitcoin rose 2.34 %.", "Bitcoin rose 2.3.", "Bitcoin fell 2.3 %.", "Bitcoin rose five per cent.",
    "Bitcoin doubled.", "Solana closed at 115,235 USDT.", "DOGE rose 2.3 %.", "It closed at 115,000 USDT.",
    "It closed at 115,235 EUR.", "Its funds took in $1.23 billion.", "Its funds lost $1.23 million.",
    "It rose 35.1 %.", "It rose 2.3 % on 19 September.", "On 17 September it closed at 115,235 USDT.",
    "Up to 21:00 UTC it rose 2.3 %.", "It rose for 6 days in a row.", "The index stood at 54 of 100.",
    "It gained 2.3 percentage points.", "It was worth 3x as much.", "See https://example.com for 53 of 100.",
    "It closed at 115235 USDT <b>today</b>.", "It rose ２.３ %.", "BTC was the strongest of the coins.",
    "BTC closed lower.",
  ])
  func `a figure that no fact bears out is dropped with its sentence`(sentence: String) {
    #expect(judged(sentence, Self.facts).kept == [])
  }

  @Test func `what was dropped is told with the reason`() {
    let dropped = judged("Bitcoin fell 2.3 %.", Self.facts).dropped
    #expect(dropped.map(\.reason) == ["“2.3 %” equals none of the figures of BTC"])
  }

  @Test func `the first word of a name stands for it in its own letters only`() {
    let facts = GuardedFacts(
      subject: nil, day: Day("2025-09-18")!,
      names: ["AMD": ["AMD", "Advanced Micro Devices"], "BTC": ["BTC", "Bitcoin"]],
      figures: [
        SuppliedFigure(asset: "AMD", what: .change, value: ExactDecimal("-1.5")!, unit: .change),
        SuppliedFigure(asset: "BTC", what: .change, value: ExactDecimal("2.5")!, unit: .change),
      ], days: [], minutes: [], language: "English")
    #expect(judged("Bitcoin advanced 2.5 %, while Advanced lost 1.5 %.", facts).dropped == [])
    #expect(judged("Advanced Micro Devices gained 2.5 %.", facts).kept == [])
  }

  @Test func `digits in a name are no figures`() {
    let facts = GuardedFacts(
      subject: "^GSPC", day: Day("2025-09-18")!, names: ["^GSPC": ["^GSPC", "S&P 500"]],
      figures: [SuppliedFigure(asset: "^GSPC", what: .change, value: ExactDecimal("0.5")!, unit: .change)], days: [],
      minutes: [], language: "English")
    #expect(judged("The S&P 500 rose 0.5 %.", facts).dropped == [])
    #expect(judged("The S&P 500 rose 500 %.", facts).kept == [])
  }

  @Test(arguments: [
    ("1,234.50", false, "1234.5", -2), ("1.234,50", true, "1234.5", -2), ("1 234,5", true, "1234.5", -1),
    ("2.31", true, "2.31", -2), ("115", false, "115", 0),
  ])
  func `a number is read in the form of its language`(text: String, comma: Bool, value: String, last: Int) {
    let number = WrittenNumber(text, hasDecimalComma: comma)
    #expect(number?.value == ExactDecimal(value))
    #expect(number?.lastDigit == last)
  }

  @Test(arguments: [
    ("2.345", -2, "2.35"), ("-2.345", -2, "-2.35"), ("2.344999", -2, "2.34"), ("0.5", 0, "1"), ("149", 2, "100"),
    ("0.00000012", -7, "0.0000001"),
  ])
  func `rounding goes half away from zero`(value: String, power: Int, rounded: String) {
    #expect(ExactDecimal(value)?.rounded(to: power).text == rounded)
  }

  @Test func `sentences end at marks and not within figures, dates and short forms`() {
    let text = "It rose 2.3 % on 18. September. The U.S. session was calm! \"Quiet,\" it said. 53 of 100 followed."
    #expect(
      Sentences.all(in: [text]) == [
        "It rose 2.3 % on 18. September.", "The U.S. session was calm!", "\"Quiet,\" it said.", "53 of 100 followed.",
      ])
  }
}
