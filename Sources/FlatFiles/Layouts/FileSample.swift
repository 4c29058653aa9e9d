import Formats

/// The first lines of a file, as fields of text: enough to see how it is laid out.
struct FileSample {
  let delimiter: UInt8
  /// The fields of each line that is not empty, with the number of the line (from 1).
  let lines: [(number: Int, fields: [String])]
  /// Offsets at which those lines begin.
  let starts: [Int]

  private static let delimiters: [UInt8] = [0x09, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ",")]
  static let maximumLines = 2000

  /// - Parameter bytes: begins behind a byte order mark.
  init(_ bytes: UnsafeRawBufferPointer, isWhole: Bool) {
    let read = FileSample.delimiters.map { FileSample.lines(bytes, isWhole: isWhole, delimiter: $0) }
    // The first delimiter by which most lines have one and the same width of at least two.
    let best = read.indices.first { FileSample.isRegular(read[$0].map(\.fields)) } ?? read.count - 1
    delimiter = FileSample.delimiters[best]
    lines = read[best].map { ($0.number, $0.fields) }
    starts = read[best].map(\.start)
  }

  private static func isRegular(_ lines: [[String]]) -> Bool {
    let widths = lines.suffix(200).map(\.count)
    let counts = Dictionary(widths.map { ($0, 1) }, uniquingKeysWith: +)
    guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return false }
    return most.key > 1 && most.value * 10 >= widths.count * 8
  }

  private static func lines(
    _ bytes: UnsafeRawBufferPointer, isWhole: Bool, delimiter: UInt8
  ) -> [(number: Int, fields: [String], start: Int)] {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return [] }
    let text = DelimitedText(delimiter: delimiter)
    var row = DelimitedRow()
    var position = 0
    var lines: [(number: Int, fields: [String], start: Int)] = []
    var number = 0
    while lines.count < maximumLines,
      text.next(base, from: &position, to: bytes.count, isLast: isWhole, into: &row)
    {
      number += 1
      if row.isEmpty { continue }
      let fields = (0..<min(row.count, DelimitedRow.maximumFields)).map { DelimitedText.text(row[$0], in: base) }
      lines.append((number, fields, row.start))
    }
    return lines
  }
}
