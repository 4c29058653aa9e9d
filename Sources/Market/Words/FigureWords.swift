/// The words of one language that stand around figures: what tells their direction, their unit, their day.
///
/// All in lower case; several words in a row are a phrase.
package struct FigureWords: Hashable, Sendable {
  /// What the language is called: its English name, its own, its code: `german`, `deutsch`, `de`.
  package let names: [String]
  /// Whether a comma stands before the decimals, and a point or a space between groups of digits.
  package let hasDecimalComma: Bool
  /// What makes a change, or a flow, positive: `rose`, `inflow`.
  package let up: [String]
  /// What makes it negative: `fell`, `outflow`.
  package let down: [String]
  /// `per cent`
  package let percent: [String]
  /// What volatility is called; its figures are per cent too.
  package let volatility: [String]
  /// Of an index: `points`.
  package let points: [String]
  /// `bars`
  package let bars: [String]
  /// `days`
  package let days: [String]
  /// `hours`
  package let hours: [String]
  /// Words for powers of ten, with the power.
  package let scales: [String: Int]
  /// What money is called, with its code: `dollars`.
  package let currencies: [String: String]
  /// The months, January first, each with its spellings.
  package let months: [[String]]
  /// What says that a number is not given to all the digits that stand there: `about`.
  package let roughly: [String]
  /// What says that a day is one to compare with: `than on`, `since`.
  package let comparing: [String]
  /// What stands between a number and the one that it is part of: `of` in `53 of 100`.
  package let partOf: [String]
  /// What joins two numbers of one unit: `and`, `to`.
  package let joining: [String]
  /// Small numbers in words.
  package let numbers: [String: Int]
  /// Words that are a figure by themselves: `doubled`.
  package let hidden: [String]

  /// The words of a language; each list in lower case.
  package init(
    names: [String], hasDecimalComma: Bool, up: [String], down: [String], percent: [String], volatility: [String],
    points: [String], bars: [String], days: [String], hours: [String], scales: [String: Int],
    currencies: [String: String], months: [[String]], roughly: [String], comparing: [String], partOf: [String],
    joining: [String], numbers: [String: Int], hidden: [String]
  ) {
    self.names = names
    self.hasDecimalComma = hasDecimalComma
    self.up = up
    self.down = down
    self.percent = percent
    self.volatility = volatility
    self.points = points
    self.bars = bars
    self.days = days
    self.hours = hours
    self.scales = scales
    self.currencies = currencies
    self.months = months
    self.roughly = roughly
    self.comparing = comparing
    self.partOf = partOf
    self.joining = joining
    self.numbers = numbers
    self.hidden = hidden
  }
}
