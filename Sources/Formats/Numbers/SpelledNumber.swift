/// A number as a person or a program spelled it, taken apart before anybody says what its separators mean.
///
/// `-$1'234.5K` is negative, in dollars, of the runs `1`, `234` and `5` with an apostrophe and a point between them, and
/// to be multiplied by a thousand.
package struct SpelledNumber {
  /// What stands between two runs of digits.
  enum Separator { case point, comma, apostrophe, blank }

  /// The sign of a currency before or behind it.
  package private(set) var currency: String?
  /// Runs of digits, the first of them perhaps empty.
  private var runs: [ArraySlice<UInt8>] = []
  private var separators: [Separator] = []
  private var isNegative = false
  /// `e-8`; then no suffix follows.
  private var exponent: ArraySlice<UInt8> = []
  /// The power of ten that a suffix stands for.
  private var power = 0

  /// `nil` where the text is no number, whatever its separators mean.
  package init?(_ text: some Collection<UInt8>) {
    guard (1...64).contains(text.count) else { return nil }
    var rest = Array(text)[...]
    // Within quotes a table keeps blanks.
    while rest.first == 0x20 || rest.first == 0x09 { rest = rest.dropFirst() }
    while rest.last == 0x20 || rest.last == 0x09 { rest = rest.dropLast() }
    takeSigns(&rest)
    guard takeSuffix(&rest), takeRuns(&rest), rest.isEmpty else { return nil }
  }
}

// MARK: - Taking it apart

extension SpelledNumber {
  private static let currencies = ["$", "€", "£", "¥", "₹", "₩", "₿", "US$", "USD", "EUR", "GBP", "CHF", "JPY"].map {
    (name: $0, bytes: Array($0.utf8))
  }.sorted { $0.bytes.count > $1.bytes.count }

  private static let minus = Array("\u{2212}".utf8)
  private static let suffixes: [(text: [UInt8], power: Int)] = [
    ("k", 3), ("m", 6), ("b", 9), ("t", 12), ("mn", 6), ("bn", 9), ("mio", 6), ("mrd", 9), ("mio.", 6), ("mrd.", 9),
  ].map { (Array($0.0.utf8), $0.1) }.sorted { $0.text.count > $1.text.count }

  /// Also as the one byte that Windows writes for it, which is no UTF-8.
  private static let blanks: [[UInt8]] = ["\u{A0}", "\u{202F}", "\u{2009}", " "].map { Array($0.utf8) } + [[0xA0]]
  private static let apostrophes: [[UInt8]] = ["'", "\u{2019}"].map { Array($0.utf8) } + [[0x92]]

  /// A sign stands before or behind that of a currency, which may also stand at the end.
  private mutating func takeSigns(_ rest: inout ArraySlice<UInt8>) {
    takeCurrency(atStart: &rest)
    if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
      // As accountants write a loss.
      rest = rest.dropFirst().dropLast()
      isNegative = true
    } else {
      takeSign(&rest)
    }
    if currency == nil { takeCurrency(atStart: &rest) }
    if currency == nil { takeCurrency(atEnd: &rest) }
  }

  private mutating func takeSign(_ rest: inout ArraySlice<UInt8>) {
    if rest.starts(with: SpelledNumber.minus) {
      rest = rest.dropFirst(SpelledNumber.minus.count)
    } else if rest.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
    } else {
      if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      return
    }
    isNegative = true
  }

  private mutating func takeCurrency(atStart rest: inout ArraySlice<UInt8>) {
    guard let found = SpelledNumber.currencies.first(where: { rest.starts(with: $0.bytes) }) else { return }
    currency = found.name
    rest = rest.dropFirst(found.bytes.count)
    SpelledNumber.dropBlank(&rest)
  }

  private mutating func takeCurrency(atEnd rest: inout ArraySlice<UInt8>) {
    guard let found = SpelledNumber.currencies.first(where: { rest.suffix($0.bytes.count).elementsEqual($0.bytes) })
    else { return }
    currency = found.name
    rest = rest.dropLast(found.bytes.count)
    SpelledNumber.dropBlankAtEnd(&rest)
  }

  private mutating func takeSuffix(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let last = rest.last, last &- 48 >= 10 else { return true }
    for (text, known) in SpelledNumber.suffixes where rest.count > text.count {
      guard zip(rest.suffix(text.count), text).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { continue }
      power = known
      rest = rest.dropLast(text.count)
      SpelledNumber.dropBlankAtEnd(&rest)
      return rest.last.map { $0 &- 48 < 10 } ?? false
    }
    return false
  }

  private mutating func takeRuns(_ rest: inout ArraySlice<UInt8>) -> Bool {
    while true {
      let digits = rest.prefix { $0 &- 48 < 10 }
      rest = rest.dropFirst(digits.count)
      runs.append(digits)
      guard let separator = SpelledNumber.takeSeparator(&rest) else { break }
      separators.append(separator)
    }
    // Only a first run may be empty: `.5`.
    guard runs.dropFirst().allSatisfy({ !$0.isEmpty }), runs.count > 1 || !runs[0].isEmpty else { return false }
    return takeExponent(&rest)
  }

  private mutating func takeExponent(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") else { return true }
    var sign: ArraySlice<UInt8> = []
    var behind = rest.dropFirst()
    if let first = behind.first, [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(first) {
      sign = behind.prefix(1)
      behind = behind.dropFirst()
    }
    let digits = behind.prefix { $0 &- 48 < 10 }
    guard (1...4).contains(digits.count), power == 0 else { return false }
    exponent = sign + digits
    rest = behind.dropFirst(digits.count)
    return true
  }

  private static func takeSeparator(_ rest: inout ArraySlice<UInt8>) -> Separator? {
    switch rest.first {
    case UInt8(ascii: "."): rest = rest.dropFirst(); return .point
    case UInt8(ascii: ","): rest = rest.dropFirst(); return .comma
    default: break
    }
    if let found = apostrophes.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(found.count)
      return .apostrophe
    }
    if let found = blanks.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(found.count)
      return .blank
    }
    return nil
  }

  private static func dropBlank(_ rest: inout ArraySlice<UInt8>) {
    if let found = blanks.first(where: { rest.starts(with: $0) }) { rest = rest.dropFirst(found.count) }
  }

  private static func dropBlankAtEnd(_ rest: inout ArraySlice<UInt8>) {
    if let found = blanks.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
      rest = rest.dropLast(found.count)
    }
  }
}

// MARK: - What it says

extension SpelledNumber {
  /// What would group its digits if `mark` is the decimal mark; `nil` where it cannot be read so.
  package func grouping(by mark: NumberForm.Mark) -> NumberForm.Grouping? {
    let decimal: Separator = mark == .point ? .point : .comma
    let marks = separators.count { $0 == decimal }
    guard marks <= 1, marks == 0 || separators.last == decimal else { return nil }
    let between = separators.dropLast(marks)
    guard let first = between.first else { return NumberForm.Grouping.none }
    guard between.allSatisfy({ $0 == first }), isGrouped(runs.dropLast(marks)) else { return nil }
    switch first {
    case .point: return .point
    case .comma: return .comma
    case .apostrophe: return .apostrophe
    case .blank: return .blank
    }
  }

  /// One to three digits and then threes; or, as in India, twos and three at the end.
  private func isGrouped(_ groups: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    guard let first = groups.first, (1...3).contains(first.count), first.first != UInt8(ascii: "0"),
      groups.last?.count == 3
    else { return false }
    let middle = groups.dropFirst().dropLast()
    return middle.allSatisfy { $0.count == 3 }
      || first.count <= 2 && separators.first == .comma && middle.allSatisfy { $0.count == 2 }
  }

  /// The number in a form; `nil` where it is not of that form, or too large.
  package func value(in form: NumberForm) -> Double? {
    guard let grouping = grouping(by: form.mark), currency == nil || currency == form.currency else { return nil }
    switch form.grouping {
    case .open: break
    case .none where grouping == .apostrophe || grouping == .blank: break
    default: guard grouping == .none || grouping == form.grouping else { return nil }
    }
    return value(by: form.mark)
  }

  private func value(by mark: NumberForm.Mark) -> Double? {
    let hasFraction = separators.last == (mark == .point ? .point : .comma)
    var digits: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if runs[0].isEmpty { digits.append(UInt8(ascii: "0")) }
    digits += runs.dropLast(hasFraction ? 1 : 0).joined()
    if hasFraction, let fraction = runs.last { digits += [UInt8(ascii: ".")] + fraction }
    if !exponent.isEmpty { digits += [UInt8(ascii: "e")] + exponent }
    if power != 0 { digits += Array("e\(power)".utf8) }
    return DecimalText.number(digits)
  }
}
