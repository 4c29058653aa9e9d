/// Lines of text with fields between delimiters, as RFC 4180 has them and as they really come.
///
/// Taken as it comes: CR LF and LF, spaces around fields, quotes around some fields and not others, lines of different
/// widths, a last line without an end. A quoted field may hold delimiters, doubled quotes and, within 4 KiB, line feeds; a
/// quote that is never closed is a plain character, so that it costs its own line and not the rest of the file.
package struct DelimitedText: Sendable {
  /// The ASCII byte between fields: a comma, a semicolon, a tab.
  package let delimiter: UInt8

  /// How far a quoted field that holds a line feed may reach.
  static let quotedReach = 4096

  /// - Parameter delimiter: an ASCII byte that is neither a quote nor a line end.
  package init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Finds the fields of the line that begins at `position`, which is moved behind its line feed.
  ///
  /// - Parameter isLast: whether nothing follows `end`, so that the last line needs no line feed.
  /// - Returns: `false`, and nothing is moved, when the line is not complete yet.
  @inline(__always)
  package func next(
    _ bytes: UnsafePointer<UInt8>, from position: inout Int, to end: Int, isLast: Bool, into row: inout DelimitedRow
  ) -> Bool {
    guard position < end else { return false }
    row.count = 0
    row.start = position
    row.hasStrayQuote = false
    var index = position
    while true {
      var start = index
      while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 && delimiter != 0x09 { start += 1 }
      if start < end, bytes[start] == UInt8(ascii: "\"") {
        switch quoted(bytes, from: start, to: end, isLast: isLast, into: &row) {
        case .field(let next): index = next
        case .unfinished: return false
        case .stray:
          row.hasStrayQuote = true
          index = start
        }
      }
      // The rest of an unquoted field; behind a quoted one nothing is left but its delimiter.
      let isTaken = index > start
      if !isTaken { index = start }
      index = endOfField(bytes, index, end)
      if index == end, !isLast { return false }
      if !isTaken { row.append(plain(bytes, start, index)) }
      if index < end, bytes[index] == delimiter {
        index += 1
        continue
      }
      row.end = index > row.start && bytes[index - 1] == 0x0D ? index - 1 : index
      position = index < end ? index + 1 : end
      return true
    }
  }

  /// Where the next delimiter or line feed stands, eight bytes at a time: a byte that is one leaves the lowest bit that is
  /// set in `found`.
  @inline(__always)
  private func endOfField(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let delimiters = ones &* UInt64(delimiter)
    var index = start
    while end - index >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
      let (a, b) = (word ^ delimiters, word ^ (ones &* 0x0A))
      let found = ((a &- ones) & ~a | (b &- ones) & ~b) & (ones &* 0x80)
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end, bytes[index] != delimiter, bytes[index] != 0x0A { index += 1 }
    return index
  }

  @inline(__always)
  private func plain(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> DelimitedRow.Field {
    var end = end
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x09 { end -= 1 }
    return .init(start: start, end: end, hasDoubledQuotes: false)
  }

  private enum Quoted {
    /// The field was added; the next thing is the delimiter or the line's end at this offset.
    case field(next: Int)
    case unfinished
    case stray
  }

  /// Reads a quoted field; `start` is its opening quote.
  @inline(never)
  private func quoted(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool, into row: inout DelimitedRow
  ) -> Quoted {
    var index = start + 1
    var isDoubled = false
    var firstLineFeed: Int?
    while index < end {
      if bytes[index] == 0x0A, firstLineFeed == nil { firstLineFeed = index }
      if firstLineFeed != nil, index - start > DelimitedText.quotedReach { return .stray }
      guard bytes[index] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      if index + 1 < end, bytes[index + 1] == UInt8(ascii: "\"") {
        isDoubled = true
        index += 2
        continue
      }
      var next = index + 1
      while next < end, bytes[next] == 0x20 || bytes[next] == 0x0D || bytes[next] == 0x09 && delimiter != 0x09 {
        next += 1
      }
      if next == end, !isLast { return .unfinished }
      guard next == end || bytes[next] == delimiter || bytes[next] == 0x0A else {
        // A quote within a field. Where a line has ended already, the opening one was never closed.
        if firstLineFeed != nil { return .stray }
        index += 1
        continue
      }
      row.append(.init(start: start + 1, end: index, hasDoubledQuotes: isDoubled))
      return .field(next: next)
    }
    return isLast ? .stray : .unfinished
  }
}

extension DelimitedText {
  /// The text of a field, its doubled quotes made single; broken UTF-8 becomes U+FFFD.
  package static func text(_ field: DelimitedRow.Field, in bytes: UnsafePointer<UInt8>) -> String {
    let raw = UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start)
    let text = String(decoding: raw, as: UTF8.self)
    guard field.hasDoubledQuotes else { return text }
    var kept: [UInt8] = []
    var isSecond = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\""), isSecond {
        isSecond = false
        continue
      }
      isSecond = byte == UInt8(ascii: "\"")
      kept.append(byte)
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
