import Market

extension Place {
  /// What the bytes at this place denote by its rule, read without knowing what a reader made of the whole answer.
  ///
  /// `nil` where the place has no bytes, lies outside the body, or holds something else.
  package func value(in body: [UInt8]) -> FigureValue? {
    guard let bytes, bytes.lowerBound >= 0, bytes.upperBound <= body.count else { return nil }
    let text = Array(body[bytes])
    switch rule {
    case .number: return unlessNull(text) { DecimalText.number($0).map(FigureValue.number) }
    case .count:
      return unlessNull(text) { DecimalText.number($0).flatMap { Int64(exactly: $0) }.map(FigureValue.whole) }
    case .widenedFloat:
      return unlessNull(text) { DecimalText.number($0).map { .number(SinglePrecision.meant($0)) } }
    case .ratio: return Self.ratio(text)
    case .observation:
      return unlessNull(text) { $0.elementsEqual(".".utf8) ? .absent : DecimalText.number($0).map(FigureValue.number) }
    case .mention: return text.isEmpty ? nil : .whole(1)
    case .row: return nil
    case .instant: return string(text).flatMap { Instant($0) }.map { .whole($0.epochSeconds) }
    case .word: return string(text).map { .text($0.lowercased()) }
    case .dollars: return unlessNull(text) { DecimalUnits.whole($0, scale: 0).map(FigureValue.whole) }
    case .text: return string(text).map(FigureValue.text)
    case .millionsOfDollars: return HTMLTable.text(ofCell: text).flatMap(Self.millions)
    }
  }

  /// The line that holds the first byte and how many bytes of it come before, both counted from 1.
  package func line(in body: [UInt8]) -> (line: Int, column: Int)? {
    guard let bytes, bytes.lowerBound <= body.count else { return nil }
    let before = body[..<bytes.lowerBound]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return (before.count { $0 == UInt8(ascii: "\n") } + 1, bytes.lowerBound - start + 1)
  }

  private func unlessNull(_ text: [UInt8], _ read: (ArraySlice<UInt8>) -> FigureValue?) -> FigureValue? {
    let quote = UInt8(ascii: "\"")
    let bare = text.count >= 2 && text.first == quote && text.last == quote ? text.dropFirst().dropLast() : text[...]
    return bare.isEmpty || text == Array("null".utf8) ? .absent : read(bare)
  }

  private func string(_ text: [UInt8]) -> String? { JSONCursor.reading(text) { (try? $0.text())?.string } }

  private static func ratio(_ text: [UInt8]) -> FigureValue? {
    func part(_ names: String...) -> Double? {
      names.lazy.compactMap { JSONCursor.text(at: [$0], in: text).flatMap { Double($0) } }.first
    }
    guard let new = part("numerator", "split_to"), let old = part("denominator", "split_from"), old != 0 else {
      return nil
    }
    return .number(new / old)
  }

  private static func millions(_ text: String) -> FigureValue? {
    if ["", "-", "–", "—"].contains(text) { return .absent }
    let isLoss = text.hasPrefix("(") && text.hasSuffix(")")
    let digits = isLoss ? text.dropFirst().dropLast() : text[...]
    return DecimalUnits.whole(digits.utf8, scale: 6, grouped: true).map { .whole(isLoss ? -$0 : $0) }
  }
}
