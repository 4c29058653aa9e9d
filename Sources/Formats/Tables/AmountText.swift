/// Numbers as tables made for people print them: group separators, a decimal comma where it was told, `K`, `M`, `B`
/// behind a volume.
///
/// Exact like `DecimalText`: the digits are taken apart as text, never multiplied.
package struct AmountText: Sendable {
  /// Whether the comma is the decimal point, and the point separates groups.
  package let decimalComma: Bool
  /// Whether commas between groups of three digits are passed over.
  package let grouped: Bool

  /// How amounts are spelled; `grouped` permits groups, it does not demand them.
  package init(decimalComma: Bool, grouped: Bool) {
    self.decimalComma = decimalComma
    self.grouped = grouped
  }

  /// What a field holds.
  package enum Value: Hashable, Sendable {
    case number(Double)
    /// Nothing, or a word that stands for nothing: `-`, `.`, `null`, `NULL`, `N/A`, `#N/A`, `nan`.
    case blank
    case other
  }

  /// The whole field as a number.
  @inline(__always)
  package func value(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Value {
    var position = field.start
    if !decimalComma, let number = DecimalText.number(bytes, from: &position, to: field.end), position == field.end {
      return .number(number)
    }
    return slowly(bytes, field)
  }

  @inline(never)
  private func slowly(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Value {
    var text = Array(UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start))
    if AmountText.isBlank(text) { return .blank }
    guard text.count <= 64 else { return .other }
    var power = 0
    if let last = text.last, let known = AmountText.suffixes[last] {
      power = known
      text.removeLast()
    }
    if text.first == UInt8(ascii: "+") { text.removeFirst() }
    guard let plain = withoutGroups(text) else { return .other }
    let scaled = power == 0 ? plain : plain + Array("e\(power)".utf8)
    if power > 0, plain.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) { return .other }
    return DecimalText.number(scaled).map(Value.number) ?? .other
  }

  private static let suffixes: [UInt8: Int] = [
    UInt8(ascii: "K"): 3, UInt8(ascii: "M"): 6, UInt8(ascii: "B"): 9, UInt8(ascii: "T"): 12,
  ]

  private static let blanks: Set<[UInt8]> = Set(
    ["", "-", "--", ".", "null", "n/a", "#n/a", "nan", "none", "na"].map { Array($0.utf8) })

  /// Whether a text is nothing, or a word that stands for nothing.
  package static func isBlank(_ text: [UInt8]) -> Bool {
    text.count <= 5 && blanks.contains(text.map { (65...90).contains($0) ? $0 | 0x20 : $0 })
  }

  /// The digits with a decimal point; `nil` where separators do not stand between groups of three.
  private func withoutGroups(_ text: [UInt8]) -> [UInt8]? {
    let (comma, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
    let (separator, mark) = decimalComma ? (point, comma) : (comma, point)
    guard text.contains(separator) else { return text.map { $0 == mark ? point : $0 } }
    guard grouped || decimalComma else { return nil }
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let isNegative = whole.first == UInt8(ascii: "-")
    let groups = (isNegative ? whole.dropFirst() : whole).split(separator: separator, omittingEmptySubsequences: false)
    guard groups.count > 1, let first = groups.first, (1...3).contains(first.count),
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    var digits = (isNegative ? [UInt8(ascii: "-")] : []) + groups.joined()
    if parts.count == 2 { digits += [point] + parts[1] }
    return digits
  }
}
