/// Numbers as tables print them, in the one form of their file: the one reader of numbers of every imported table.
///
/// Exact like `DecimalText`: the digits are taken apart as text, never multiplied.
package struct AmountText: Sendable {
  /// How the numbers of the file are spelled.
  package let form: NumberForm
  private let hasPoint: Bool

  /// A reader of numbers in one form.
  package init(_ form: NumberForm) {
    self.form = form
    hasPoint = form.mark == .point
  }

  /// What a field holds.
  package enum Value: Hashable, Sendable {
    case number(Double)
    /// Nothing, or a word that stands for nothing: `-`, `.`, `null`, `NULL`, `N/A`, `#N/A`, `nan`.
    case blank
    /// No number of the form, nor nothing: see `isOtherForm`.
    case other
  }

  /// The whole field as a number.
  @inline(__always)
  package func value(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Value {
    var position = field.start
    if hasPoint, let number = DecimalText.number(bytes, from: &position, to: field.end), position == field.end {
      return .number(number)
    }
    return slowly(bytes, field)
  }

  @inline(never)
  private func slowly(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Value {
    let text = UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start)
    if AmountText.isBlank(Array(text.prefix(6))) { return .blank }
    return SpelledNumber(text)?.value(in: form).map(Value.number) ?? .other
  }

  /// The number that a whole text is; `nil` where it is none of the form, or nothing.
  package func number(_ text: String) -> Double? { SpelledNumber(text.utf8)?.value(in: form) }

  /// Whether a field holds a number of another form: `1.234,5` in a table of decimal points. What is no number in any
  /// form is not of another one.
  package func isOtherForm(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Bool {
    guard case .other = value(bytes, field),
      let number = SpelledNumber(UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start))
    else { return false }
    // A currency that no row before bore costs its row; it says nothing about the marks.
    guard number.value(in: NumberForm(form.mark, grouping: form.grouping, currency: number.currency)) == nil else {
      return false
    }
    return NumberForm.Mark.allCases.contains {
      number.value(in: NumberForm($0, grouping: .open, currency: number.currency)) != nil
    }
  }

  private static let blanks: Set<[UInt8]> = Set(
    ["", "-", "--", ".", "null", "n/a", "#n/a", "nan", "none", "na", "\u{2013}", "\u{2014}"].map { Array($0.utf8) })

  /// Whether a text is nothing, or a word that stands for nothing.
  package static func isBlank(_ text: [UInt8]) -> Bool {
    text.count <= 5 && blanks.contains(text.map { (65...90).contains($0) ? $0 | 0x20 : $0 })
  }
}
