/// A number as digits wrote it.
struct WrittenNumber: Hashable {
  let value: ExactDecimal
  /// The power of ten of its last digit: 0 for `115`, -2 for `2.31`.
  let lastDigit: Int

  /// Reads `115,234.50`, or with decimal commas `115.234,50`; `nil` for what is no number in that form.
  init?(_ text: String, hasDecimalComma: Bool) {
    let (decimal, group): (Character, Character) = hasDecimalComma ? (",", ".") : (".", ",")
    let plain = text.filter { !"'’\u{A0}\u{202F}\u{2009} ".contains($0) }
    var halves = plain.split(separator: decimal, omittingEmptySubsequences: false)
    guard halves.count <= 2, let whole = halves.first else { return nil }
    let groups = whole.split(separator: group, omittingEmptySubsequences: false)
    if groups.count > 1, !groups.dropFirst().allSatisfy({ $0.count == 3 }) || !(1...3).contains(groups[0].count) {
      // A point that groups nothing stands before decimals in any language.
      guard hasDecimalComma, groups.count == 2, halves.count == 1 else { return nil }
      halves = groups
    }
    let integer = halves[0].filter { $0 != group }
    let fraction = halves.count == 2 ? halves[1] : ""
    guard !integer.isEmpty, let value = ExactDecimal(fraction.isEmpty ? integer : "\(integer).\(fraction)") else {
      return nil
    }
    self.init(value: value, lastDigit: -fraction.count)
  }

  init(value: ExactDecimal, lastDigit: Int) {
    self.value = value
    self.lastDigit = lastDigit
  }

  /// The same in millions, if that is what follows.
  func scaled(by power: Int) -> WrittenNumber {
    WrittenNumber(value: value.shifted(by: power), lastDigit: lastDigit + power)
  }

  /// The same where zeros at its end are no digits.
  var rough: WrittenNumber { WrittenNumber(value: value, lastDigit: max(lastDigit, value.exponent)) }
}
