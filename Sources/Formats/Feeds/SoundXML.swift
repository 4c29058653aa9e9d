#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A document as libxml2 can read it.
struct SoundDocument {
  /// Its markup and its text. In the place of a section of raw text stands an instruction, `<?raw 3?>`, which names it by
  /// its place in `sections`; no other instruction is in it.
  let bytes: [UInt8]
  /// What stands between `<![CDATA[` and `]]>`, as ranges of the text that the document was made of.
  let sections: [Range<Int>]

  /// The target of the instructions.
  static let rawText: StaticString = "raw"
}

/// The documents of an answer as libxml2 can read them: document types, instructions and comments taken out, entities of
/// HTML left as text, bare ampersands and angles escaped, characters that XML does not know made blanks.
///
/// After a fault libxml2 goes on but no longer gives `&amp;`; as a number it does. Sections of raw text go around it: it
/// would look at each of their characters, and most of the bytes of a feed are in them.
struct SoundXML {
  /// A tag longer than this is no tag: libxml2 compares every attribute with every other.
  static let longestTag = 1 << 16

  let text: UnsafeBufferPointer<UInt8>
  var index = 0
  var output: [UInt8] = []
  private var sections: [Range<Int>] = []
  private var finished: [SoundDocument] = []
  /// Whether a declaration was met that has no end: then none is looked for once more.
  private var lacksEnd = false

  private init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    output.reserveCapacity(text.count / 2)
  }

  /// In order, those that are blank left out.
  ///
  /// - Parameter text: valid UTF-8.
  static func documents(in text: UnsafeBufferPointer<UInt8>) -> [SoundDocument] {
    var reader = SoundXML(text)
    reader.readAll()
    reader.endDocument()
    return reader.finished
  }

  private mutating func endDocument() {
    if output.contains(where: { $0 > 0x20 }) { finished.append(SoundDocument(bytes: output, sections: sections)) }
    output.removeAll(keepingCapacity: false)
    sections.removeAll(keepingCapacity: false)
  }

  private mutating func readAll() {
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "<"): readAngle()
      case UInt8(ascii: "&"): readReference()
      case UInt8(ascii: ">") where output.suffix(2).elementsEqual([0x5D, 0x5D]):
        output += "&#62;".utf8
        index += 1
      default:
        let end = endOfPlainText
        if end > index { copyRun(upTo: end) } else { copyCharacter() }
      }
    }
  }

  mutating func copyRun(upTo end: Int) {
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[index..<end]))
    index = end
  }

  /// Where the next byte stands that needs a look: of markup, of a reference, or of a character that may not be one of XML.
  ///
  /// Eight at once: a byte is below n where subtracting n borrows (S. E. Anderson, "Bit Twiddling Hacks", hasless).
  private var endOfPlainText: Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var place = index
    while text.count - place >= 8, let start = text.baseAddress {
      let word = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self)
      let (angles, ampersands) = (word ^ (ones &* 0x3C), word ^ (ones &* 0x26))
      let (closes, marks) = (word ^ (ones &* 0x3E), word ^ (ones &* 0xEF))
      let zeros =
        (angles &- ones) & ~angles | (ampersands &- ones) & ~ampersands | (closes &- ones) & ~closes
        | (marks &- ones) & ~marks | (word &- ones &* 0x20) & ~word
      if zeros & (ones &* 0x80) != 0 { break }
      place += 8
    }
    while place < text.count, !SoundXML.needsLook(text[place]) { place += 1 }
    return place
  }

  static func needsLook(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ">") || byte == 0xEF
  }

  static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// One character, or a blank in the place of one that XML does not have.
  mutating func copyCharacter() {
    let byte = text[index]
    if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
      output.append(0x20)
      index += 1
    } else if byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE {
      output.append(0x20)
      index += 3
    } else {
      output.append(byte)
      index += 1
    }
  }

  private func starts(_ word: StaticString, at place: Int) -> Bool {
    guard place + word.utf8CodeUnitCount <= text.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where text[place + offset] != word.utf8Start[offset] { return false }
    return true
  }

  /// Behind the next such word; the end where there is none.
  func end(of word: StaticString, from place: Int) -> Int {
    var place = place
    while let found = next(word.utf8Start[0], from: place) {
      if starts(word, at: found) { return found + word.utf8CodeUnitCount }
      place = found + 1
    }
    return text.count
  }

  func next(_ byte: UInt8, from place: Int) -> Int? {
    guard place < text.count, let start = text.baseAddress,
      let found = memchr(start + place, Int32(byte), text.count - place)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  // MARK: - Tags

  private mutating func readAngle() {
    let next = index + 1 < text.count ? text[index + 1] : 0
    switch next {
    case UInt8(ascii: "?"):
      let isDeclaration = starts("<?xml", at: index) && index + 5 < text.count && text[index + 5] <= 0x20
      index = end(of: "?>", from: index + 2)
      // One that is quoted in a text begins nothing.
      if isDeclaration, beginsDocument { endDocument() }
    case UInt8(ascii: "!"):
      if starts("<!--", at: index) {
        index = end(of: "-->", from: index + 4)
      } else if starts("<![CDATA[", at: index) {
        let start = index + 9
        index = end(of: "]]>", from: start)
        let isWhole = index - 3 >= start && starts("]]>", at: index - 3)
        output += "<?\(SoundDocument.rawText) \(sections.count)?>".utf8
        sections.append(start..<(isWhole ? index - 3 : index))
      } else {
        skipDeclaration()
      }
    case 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: ":"), 128...: readTag()
    case UInt8(ascii: "/"):
      let isRoot = closesFeed
      readTag()
      if isRoot, beginsDocument { endDocument() }
    default: keepAngle()
    }
  }

  /// A document type, with all that is declared in it; of one without an end only its beginning.
  private mutating func skipDeclaration() {
    let start = index
    guard !lacksEnd else { return keepAngle() }
    var depth = 0
    var quote: UInt8 = 0
    while index < text.count {
      if quote == 0, starts("<!--", at: index) {
        index = end(of: "-->", from: index + 4)
        continue
      }
      if quote == 0, starts("<?", at: index) {
        index = end(of: "?>", from: index + 2)
        continue
      }
      let byte = text[index]
      index += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ">"):
        depth -= 1
        if depth <= 0 { return }
      default: break
      }
    }
    (lacksEnd, index) = (true, start)
    keepAngle()
  }

  /// An angle that begins nothing.
  private mutating func keepAngle() {
    output += "&#60;".utf8
    index += 1
  }

  /// Whether the end tag here is that of a whole feed.
  private var closesFeed: Bool {
    for name in ["</rss" as StaticString, "</feed", "</rdf:RDF", "</RDF"] where starts(name, at: index) {
      let place = index + name.utf8CodeUnitCount
      return place < text.count && (text[place] <= 0x20 || text[place] == UInt8(ascii: ">"))
    }
    return false
  }

  /// Whether another document begins behind white space.
  private var beginsDocument: Bool {
    var place = index
    while place < text.count, text[place] <= 0x20 { place += 1 }
    return ["<rss" as StaticString, "<feed", "<rdf:RDF", "<RDF", "<!DOCTYPE"].contains { starts($0, at: place) }
  }

  // MARK: - References

  mutating func readReference() {
    var end = index + 1
    while end < text.count, end - index < 12, text[end] != UInt8(ascii: ";"), SoundXML.isOfName(text[end]) { end += 1 }
    guard end < text.count, text[end] == UInt8(ascii: ";"), end > index + 1 else {
      output += "&#38;".utf8
      index += 1
      return
    }
    if text[index + 1] == UInt8(ascii: "#") {
      let digits = String(decoding: text[(index + 2)..<end], as: UTF8.self)
      if let scalar = HTMLEntities.scalar(digits), SoundXML.isCharacter(scalar) {
        output += "&#\(scalar.value);".utf8
      } else {
        output.append(0x20)
      }
      index = end + 1
      return
    }
    if let number = SoundXML.number(ofEntity: text[(index + 1)..<end]) {
      output += number.utf8
      index = end + 1
    } else {
      // Of HTML, or of nobody: text that is looked at again when markup is taken off.
      output += "&#38;".utf8
      index += 1
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "#")
  }

  private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || [9, 10, 13].contains(scalar.value)
  }

  private static func number(ofEntity name: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    switch name.count {
    case 2 where name.elementsEqual("lt".utf8): "&#60;"
    case 2 where name.elementsEqual("gt".utf8): "&#62;"
    case 3 where name.elementsEqual("amp".utf8): "&#38;"
    case 4 where name.elementsEqual("quot".utf8): "&#34;"
    case 4 where name.elementsEqual("apos".utf8): "&#39;"
    default: nil
    }
  }
}
