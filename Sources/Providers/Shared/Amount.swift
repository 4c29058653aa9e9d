import Formats

/// A cell of a JSON array that should hold a number.
enum Amount: Hashable {
  case number(Double)
  /// `null`, or nothing at all.
  case absent
  /// Anything else: text, a bare word such as `NaN`, a broken byte.
  case notANumber

  var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension JSONCursor {
  /// The cells of an array of numbers, each on its own: what is none costs itself.
  mutating func amounts() throws(JSONFault) -> [Amount] {
    var amounts: [Amount] = []
    if takeNull() { return amounts }
    var more = try enterArray()
    while more {
      amounts.append(try amount())
      more = try nextElement()
    }
    return amounts
  }

  /// One such cell.
  mutating func amount() throws(JSONFault) -> Amount {
    if takeNull() { return .absent }
    let start = offset
    if let number = try? decimal() { return .number(number) }
    offset = start
    try skipValue(toleratingWords: true)
    return .notANumber
  }
}
