extension SoundXML {
  /// A tag from its angle on, or what is left of one.
  mutating func readTag() {
    let start = index
    let place = output.count
    var quoted = TagQuote()
    output.append(text[index])
    index += 1
    while index < text.count {
      guard index - start <= SoundXML.longestTag else {
        // What follows is read as if the tag had not been there.
        output.removeSubrange(place...)
        index = end(of: ">", from: index)
        return
      }
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "&"): readReference()
      case UInt8(ascii: "<") where quoted.mark == 0: return
      case UInt8(ascii: "<"):
        guard isClosed(&quoted) else { return endTag(place, quoted) }
        output += "&#60;".utf8
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quoted.mark == 0 {
          quoted.open(byte, at: output.count)
        } else if quoted.mark == byte {
          quoted.mark = 0
        }
        output.append(byte)
        index += 1
      case UInt8(ascii: ">"):
        if quoted.mark != 0 {
          quoted.meetEnd(at: index)
          guard !endsLine(behind: index) || isClosed(&quoted) else { return endTag(place, quoted) }
        }
        output.append(byte)
        index += 1
        if quoted.mark == 0 { return }
      default:
        let last = min(text.count, start + SoundXML.longestTag + 1)
        var end = index
        while end < last, !SoundXML.needsLook(text[end]), !SoundXML.isQuote(text[end]) {
          end += 1
        }
        if end > index { copyRun(upTo: end) } else { copyCharacter() }
      }
    }
  }

  /// The quotes of a tag, of which one may have no partner.
  private struct TagQuote {
    /// The one that is open; 0 outside of quotes.
    var mark: UInt8 = 0
    /// Where in the output it stands.
    private(set) var place = 0
    /// Up to where it is known to be the quote of a value, within which anything may stand.
    var knownUntil = 0
    /// Where the tag ends if one of its quotes is odd: at the first angle within any, and the place of that quote.
    private(set) var end: (index: Int, quote: Int)?

    mutating func open(_ byte: UInt8, at place: Int) { (mark, self.place) = (byte, place) }

    mutating func meetEnd(at index: Int) { end = end ?? (index, place) }
  }

  private func endsLine(behind place: Int) -> Bool {
    place + 1 < text.count && (text[place + 1] == 0x0A || text[place + 1] == 0x0D)
  }

  /// Whether the quote that is open here is that of a value: it stands behind a sign of equality, and the next one of its
  /// kind ends a value and begins none.
  private func isClosed(_ quoted: inout TagQuote) -> Bool {
    if index < quoted.knownUntil { return true }
    guard lastSign(before: quoted.place) == UInt8(ascii: "="), let close = next(quoted.mark, from: index),
      close + 1 < text.count
    else { return false }
    let follower = text[close + 1]
    let isEnd = follower <= 0x20 || [UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "?")].contains(follower)
    var before = close - 1
    while before > index, text[before] <= 0x20 { before -= 1 }
    guard isEnd, text[before] != UInt8(ascii: "=") || follower == UInt8(ascii: ">") else { return false }
    quoted.knownUntil = close
    return true
  }

  /// The last byte of the output before a place that is no blank.
  private func lastSign(before place: Int) -> UInt8 { output[..<place].last { $0 > 0x20 } ?? 0 }

  /// Ends a tag of which a quote is odd, without the attribute of that quote: it costs no more.
  private mutating func endTag(_ start: Int, _ quoted: TagQuote) {
    let quote = quoted.end?.quote ?? quoted.place
    // The attribute begins behind the last blank before its name.
    let name = output[start..<quote].lastIndex { $0 > 0x20 && $0 != UInt8(ascii: "=") } ?? start
    guard let blank = output[start...name].lastIndex(where: { $0 <= 0x20 }) else {
      output.removeSubrange(start...)
      if let end = quoted.end { index = end.index + 1 }
      return
    }
    output.removeSubrange(blank...)
    if let end = quoted.end {
      if text[end.index - 1] == UInt8(ascii: "/") { output.append(UInt8(ascii: "/")) }
      index = end.index + 1
    }
    output.append(UInt8(ascii: ">"))
  }
}
