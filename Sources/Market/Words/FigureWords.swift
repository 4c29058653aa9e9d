/// The words of one language that stand around figures: what tells their direction, their unit, their day, and what they are.
///
/// All in lower case; several words in a row are a phrase.
package struct FigureWords: Hashable, Sendable {
  /// Two words that tell a direction together, with the figure between them: `gab … nach`.
  package struct Pair: Hashable, Sendable {
    /// The one before the figure, in all its forms.
    package let first: [String]
    /// The one behind it.
    package let last: [String]
    /// 1 for up, -1 for down.
    package let sign: Int

    /// Two words, as given.
    package init(_ first: [String], _ last: [String], _ sign: Int) {
      (self.first, self.last, self.sign) = (first, last, sign)
    }
  }

  /// What the language is called: its English name, its own, its code: `german`, `deutsch`, `de`.
  package let names: [String]
  /// Whether a comma stands before the decimals, and a point or a space between groups of digits.
  package let hasDecimalComma: Bool
  /// Whether all nouns are written with a capital, so that a capital says nothing of a name.
  package let hasCapitalNouns: Bool
  /// What makes a change, or a flow, positive: `rose`, `inflow`.
  package let up: [String]
  /// What makes it negative: `fell`, `outflow`.
  package let down: [String]
  /// What does so in two parts.
  package let pairs: [Pair]
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
  /// The days of the week, Monday first.
  package let weekdays: [String]
  /// What the day before the text's is called alone: `yesterday`.
  package let yesterday: [String]
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
  /// What else tells of a figure what it is.
  package let topics: [FigureTopic: [String]]

  /// The words of a language; each list in lower case.
  package init(
    names: [String], hasDecimalComma: Bool, hasCapitalNouns: Bool, up: [String], down: [String], pairs: [Pair],
    percent: [String], volatility: [String], points: [String], bars: [String], days: [String], hours: [String],
    scales: [String: Int], currencies: [String: String], months: [[String]], weekdays: [String], yesterday: [String],
    roughly: [String], comparing: [String], partOf: [String], joining: [String], numbers: [String: Int],
    hidden: [String], topics: [FigureTopic: [String]]
  ) {
    self.names = names
    self.hasDecimalComma = hasDecimalComma
    self.hasCapitalNouns = hasCapitalNouns
    self.up = up
    self.down = down
    self.pairs = pairs
    self.percent = percent
    self.volatility = volatility
    self.points = points
    self.bars = bars
    self.days = days
    self.hours = hours
    self.scales = scales
    self.currencies = currencies
    self.months = months
    self.weekdays = weekdays
    self.yesterday = yesterday
    self.roughly = roughly
    self.comparing = comparing
    self.partOf = partOf
    self.joining = joining
    self.numbers = numbers
    self.hidden = hidden
    self.topics = topics
  }
}
