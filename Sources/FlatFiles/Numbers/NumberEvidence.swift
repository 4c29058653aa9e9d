import Formats
import Market

/// What the first megabyte of a file shows of the form of its numbers.
struct NumberEvidence {
  /// A number as it stands in the file.
  struct Example {
    let text: String
    let line: Int
  }

  /// Numbers that can only have a decimal point, or only a decimal comma.
  private(set) var marked: [NumberForm.Mark: Example] = [:]
  /// A number that is another one by the point than by the comma: `1.205`.
  private(set) var ambiguous: Example?
  /// Whether all of those hold a point and no comma.
  private(set) var ambiguousHavePoints = true
  /// How numbers are grouped by each mark.
  private(set) var groupings: [NumberForm.Mark: [NumberForm.Grouping: Example]] = [:]
  /// Signs of currencies.
  private(set) var currencies: [String: Example] = [:]
  /// The mark of numbers beside those that are read: `-0.67%`.
  private(set) var besides: Set<NumberForm.Mark> = []

  private let columns: [Int]
  private var line: Int
  private var hasPlainPoint = false

  /// - Parameters:
  ///   - columns: those that hold the numbers of the file.
  ///   - start: where the first row begins, in bytes of the sample.
  init(
    _ sample: UnsafeRawBufferPointer, isWhole: Bool, delimiter: UInt8, from start: Int, firstLine: Int,
    columns: Set<Int>
  ) {
    self.columns = columns.sorted()
    line = firstLine - 1
    guard let base = sample.bindMemory(to: UInt8.self).baseAddress, start < sample.count else { return }
    let text = DelimitedText(delimiter: delimiter)
    var row = DelimitedRow()
    var position = start
    while text.next(base, from: &position, to: sample.count, isLast: isWhole, into: &row) { look(base, row) }
  }

  private mutating func look(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) {
    line += 1
    for column in columns where column < row.count && column < DelimitedRow.maximumFields {
      let field = row[column]
      if NumberEvidence.isPlainPoint(bytes, field) {
        guard !hasPlainPoint else { continue }
        hasPlainPoint = true
        mark(.point, example(bytes, field))
      } else if !NumberEvidence.isWhole(bytes, field) {
        weigh(bytes, field)
      }
    }
    if marked.isEmpty { lookBeside(bytes, row) }
  }

  /// `123.45`: by far the most of what there is.
  private static func isPlainPoint(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Bool {
    var point: Int?
    for index in field.start..<field.end {
      if bytes[index] &- 48 < 10 { continue }
      guard bytes[index] == UInt8(ascii: "."), point == nil, index > field.start else { return false }
      point = index
    }
    guard let point, field.end > point + 1 else { return false }
    // With three digits behind it, it could be a group's.
    return field.end - point != 4 || point - field.start > 3 || bytes[field.start] == UInt8(ascii: "0")
  }

  private static func isWhole(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Bool {
    for index in field.start..<field.end where bytes[index] &- 48 >= 10 { return false }
    return true
  }

  private mutating func weigh(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) {
    guard
      let number = SpelledNumber(UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start))
    else { return }
    let (point, comma) = (number.grouping(by: .point), number.grouping(by: .comma))
    guard point != nil || comma != nil else { return }
    let example = example(bytes, field)
    if let currency = number.currency, currencies[currency] == nil { currencies[currency] = example }
    note(point, .point, example)
    note(comma, .comma, example)
    if point != nil, comma == nil { mark(.point, example) }
    if comma != nil, point == nil { mark(.comma, example) }
    if let point, let comma, point != comma {
      ambiguous = ambiguous ?? example
      if point != .none { ambiguousHavePoints = false }
    }
  }

  private mutating func note(_ grouping: NumberForm.Grouping?, _ mark: NumberForm.Mark, _ example: Example) {
    guard let grouping, grouping != .none, groupings[mark]?[grouping] == nil else { return }
    groupings[mark, default: [:]][grouping] = example
  }

  private mutating func mark(_ mark: NumberForm.Mark, _ example: Example) {
    if marked[mark] == nil { marked[mark] = example }
  }

  /// Percentages beside the numbers, written by the same hand.
  private mutating func lookBeside(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) {
    for column in 0..<min(row.count, DelimitedRow.maximumFields) where !columns.contains(column) {
      let field = row[column]
      guard field.end - field.start > 1, bytes[field.end - 1] == UInt8(ascii: "%"),
        let number = SpelledNumber(
          UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start - 1))
      else { continue }
      let (point, comma) = (number.grouping(by: .point), number.grouping(by: .comma))
      if point != nil, comma == nil { besides.insert(.point) }
      if comma != nil, point == nil { besides.insert(.comma) }
    }
  }

  private func example(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) -> Example {
    Example(
      text: Excerpt.of(UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start), limit: 40),
      line: line)
  }
}
