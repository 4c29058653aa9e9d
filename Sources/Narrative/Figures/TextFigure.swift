import Market

/// A number in a sentence, with what stands around it.
struct TextFigure: Hashable {
  enum Unit: Hashable {
    case none
    case percent
    /// A code such as `USD`; `$` for any dollar.
    case money(String)
    case points
    case days
    case hours
    case bars
    case assets
    /// A time of the day, in minutes.
    case time(Int)
    /// A day, or no day at all.
    case date(Day?)
    /// A word that is no unit that any figure has, or a number that is none.
    case unknown
  }

  /// On which side of the number that is written the true one lies.
  enum Bound: Hashable {
    case above
    case below
  }

  /// Where it stands among the tokens, from its digits on.
  let tokens: Range<Int>
  /// Where its sign or its currency begins, if one stands before it.
  let start: Int
  /// As it is written, for people.
  let text: String
  /// `nil` for times, days and what cannot be read.
  var number: WrittenNumber?
  var unit: Unit
  /// `nil` where no sign stands before it.
  var sign: Int?
  /// The power of ten that a word such as `million` gave it; `nil` for none.
  var scale: Int?
  /// Whether a word says that it is rounded further than its digits tell.
  var isRough = false
  /// Whether a word says that the true one is larger, or smaller.
  var bound: Bound?
  /// Of a day, whether it is one to compare with.
  var isCompared = false

  init(
    tokens: Range<Int>, start: Int? = nil, text: String, number: WrittenNumber?, unit: Unit, sign: Int? = nil,
    scale: Int? = nil
  ) {
    self.tokens = tokens
    self.start = start ?? tokens.lowerBound
    self.text = text
    self.number = number
    self.unit = unit
    self.sign = sign
    self.scale = scale
  }

  /// Whether it is a value and no date, time or span of our own rules.
  var isValue: Bool {
    switch unit {
    case .date, .time, .hours: false
    case .days: !equals(5) && !equals(7)
    case .none, .percent, .money, .points, .bars, .assets, .unknown: true
    }
  }

  /// Whether it is this whole number.
  func equals(_ value: Int128) -> Bool { number?.value == ExactDecimal(mantissa: value, exponent: 0) }

  /// Whether it says what a fact is, in a direction.
  func tells(_ fact: ExactDecimal, as number: WrittenNumber, sign: Int) -> Bool {
    let written = sign < 0 ? number.value.negated : number.value
    if fact.rounded(to: number.lastDigit) == written { return bound == nil || !contradicts(fact, written) }
    guard isRough || bound != nil, fact.rounded(to: number.rough.lastDigit) == written || bound != nil else {
      return false
    }
    return isNear(fact, written, within: bound == nil ? 0.025 : 0.01) && !contradicts(fact, written)
  }

  /// However rough, it must not be further away than this share.
  private func isNear(_ fact: ExactDecimal, _ written: ExactDecimal, within share: Double) -> Bool {
    guard let fact = Double(fact.text), let written = Double(written.text) else { return false }
    return abs(fact - written) <= abs(fact) * share
  }

  private func contradicts(_ fact: ExactDecimal, _ written: ExactDecimal) -> Bool {
    guard let bound, let difference = fact.minus(written) else { return false }
    let isLarger = difference.isNegative == fact.isNegative
    return !difference.isZero && isLarger != (bound == .above)
  }
}
