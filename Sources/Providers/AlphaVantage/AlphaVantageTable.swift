import Formats
import Market

/// A table as Alpha Vantage gives it on demand: a line of names, then one a row, commas between and no quotes. It is read
/// where it was kept, and not asked for.
struct AlphaVantageTable {
  struct Line {
    /// Where each of the expected columns lies, in their order.
    let cells: [Range<Int>]
    let bytes: Range<Int>
  }
  let lines: [Line]

  /// - Parameter names: the columns that are wanted; others are passed over.
  init(_ body: [UInt8], expecting names: [String]) throws(ReadingError) {
    let lines = Self.parts(body, 0..<body.count, UInt8(ascii: "\n")).map { Self.trimmed(body, $0) }
    let header = lines.first.map { Self.parts(body, $0, UInt8(ascii: ",")) } ?? []
    let columns = names.map { name in header.firstIndex { body[$0].elementsEqual(name.utf8) } }
    guard let missing = zip(names, columns).first(where: { $0.1 == nil }) else {
      self.lines = try Self.rows(body, lines.dropFirst(), columns.compactMap { $0 }, width: header.count)
      return
    }
    throw .shapeChanged(
      expected: "a column '\(missing.0)'", found: "'\(Excerpt.of(lines.first.map { body[$0] } ?? [], limit: 60))'",
      offset: nil)
  }

  private static func rows(
    _ body: [UInt8], _ lines: some Sequence<Range<Int>>, _ columns: [Int], width: Int
  ) throws(ReadingError) -> [Line] {
    var rows: [Line] = []
    for line in lines where !line.isEmpty {
      let cells = parts(body, line, UInt8(ascii: ","))
      guard cells.count == width else {
        throw .shapeChanged(
          expected: "\(width) columns", found: "'\(Excerpt.of(body[line], limit: 60))'", offset: line.lowerBound)
      }
      rows.append(Line(cells: columns.map { cells[$0] }, bytes: line))
    }
    return rows
  }

  static func amount(_ cell: ArraySlice<UInt8>) -> Amount {
    if cell.isEmpty || cell.elementsEqual("None".utf8) { return .absent }
    return DecimalText.number(cell).map(Amount.number) ?? .notANumber
  }

  private static func parts(_ body: [UInt8], _ range: Range<Int>, _ separator: UInt8) -> [Range<Int>] {
    body[range].split(separator: separator, omittingEmptySubsequences: false).map { $0.startIndex..<$0.endIndex }
  }

  private static func trimmed(_ body: [UInt8], _ line: Range<Int>) -> Range<Int> {
    !line.isEmpty && body[line.upperBound - 1] == 0x0D ? line.lowerBound..<line.upperBound - 1 : line
  }
}
