import Formats
import Market

/// The lines of a file that arrives in pieces: cut ones are completed, empty ones passed over, endless ones skipped.
struct FileLines {
  /// A longer line is no row of a table.
  static let longest = 1 << 20

  private let text: DelimitedText
  /// Bytes at the beginning that are passed over: byte order mark, preamble, header.
  private var toSkip: Int
  private var held: [UInt8] = []
  /// Where the bytes that are held begin in the file.
  private var start = 0
  private(set) var number: Int
  /// Whether the rest of an endless line is being passed over.
  private var isInEndlessLine = false
  private var row = DelimitedRowBox()
  private let longest: Int
  /// Bytes of empty lines since the last row.
  private var emptyBytes = 0

  init(_ layout: FileLayout, mark: Int, longest: Int = FileLines.longest) {
    self.init(
      delimiter: layout.delimiter, skipping: layout.start == Int.max ? Int.max : layout.start + mark,
      firstLine: layout.firstLine, longest: longest)
  }

  /// - Parameters:
  ///   - bytes: so many at the beginning are passed over.
  ///   - firstLine: the number of the line behind them, from 1.
  init(delimiter: UInt8, skipping bytes: Int, firstLine: Int, longest: Int = FileLines.longest) {
    text = DelimitedText(delimiter: delimiter)
    toSkip = bytes
    number = firstLine - 1
    self.longest = longest
  }

  /// So many bytes of nothing but empty lines are no part of a table.
  static let longestVoid = 16 << 20

  /// Throws where nothing but empty lines comes any more, so that gigabytes of them are not read to their end.
  func checkVoid() throws(FileRefusal) {
    guard emptyBytes > FileLines.longestVoid else { return }
    throw FileRefusal(
      "nothing but empty lines comes before line \(number), \(emptyBytes >> 20) MB of them", hint: "Cut them off")
  }

  /// Calls `body` for each complete line with the bytes that its fields point into, then `end` while they are still there.
  ///
  /// - Parameter end: also takes where in the file these bytes begin.
  @inline(__always)
  mutating func read(
    _ piece: UnsafeRawBufferPointer, isLast: Bool,
    _ body: (UnsafePointer<UInt8>, borrowing DelimitedRow, FilePlace, _ isEndless: Bool) -> Void,
    end: (UnsafePointer<UInt8>, _ start: Int) -> Void
  ) {
    let skipped = min(toSkip, piece.count)
    toSkip -= skipped
    start += skipped
    held.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[skipped...]))
    var position = 0
    let (count, first) = (held.count, start)
    held.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      if isInEndlessLine { position = endOfEndlessLine(base, count) }
      while text.next(base, from: &position, to: count, isLast: isLast, into: &row.row) {
        number += 1
        if row.row.isEmpty {
          emptyBytes += position - row.row.start
          continue
        }
        emptyBytes = 0
        let place = FilePlace(line: number, start: first + row.row.start, length: row.row.end - row.row.start)
        body(base, row.row, place, place.length > longest)
      }
      if !isInEndlessLine, count - position > longest {
        number += 1
        // Its beginning is told as a line of its own; what follows it up to the next line feed is nothing.
        var next = position
        let cut = position + min(200, longest)
        _ = text.next(base, from: &next, to: cut, isLast: true, into: &row.row)
        body(base, row.row, FilePlace(line: number, start: first + row.row.start, length: cut - position), true)
        isInEndlessLine = true
        position = endOfEndlessLine(base, count)
      }
      end(base, first)
    }
    let done = min(position, held.count)
    held.removeFirst(done)
    start += done
  }

  private mutating func endOfEndlessLine(_ base: UnsafePointer<UInt8>, _ end: Int) -> Int {
    var index = 0
    while index < end, base[index] != 0x0A { index += 1 }
    guard index < end else { return end }
    isInEndlessLine = false
    return index + 1
  }
}

/// Holds the one row that is filled again and again.
private final class DelimitedRowBox {
  // What every line touches, from one thread and never twice at a time; having that looked at while it runs costs a tenth
  // of splitting.
  @exclusivity(unchecked) var row = DelimitedRow()
}
