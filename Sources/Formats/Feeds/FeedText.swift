/// Text as a person reads it, out of what a feed sends: markup off, entities decoded, white space folded.
enum FeedText {
  /// - Parameters:
  ///   - bytes: valid UTF-8.
  ///   - isMarkup: whether tags in it are tags. What was escaped twice is decoded twice, and no more.
  static func plain(_ bytes: [UInt8], isMarkup: Bool) -> [UInt8] {
    guard isMarkup else { return folded(bytes) }
    var text = bytes
    if text.contains(UInt8(ascii: "<")) { takeTagsOff(&text) }
    if text.contains(UInt8(ascii: "&")) {
      decode(&text)
      if hasKnownTag(text) { takeTagsOff(&text) }
      if text.contains(UInt8(ascii: "&")) { decode(&text) }
    }
    return folded(text)
  }

  /// A text of at most so many bytes, whole characters, with an ellipsis where it was longer.
  static func cut(_ bytes: [UInt8], to limit: Int) -> String {
    guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
    var end = max(0, limit - 3)
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }

  // MARK: - Tags

  /// Elements that end a word.
  private static let breaking: Set<String> = [
    "br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "img", "figure",
    "figcaption", "blockquote", "hr", "section", "article", "header", "footer", "pre", "dd", "dt", "iframe", "video",
  ]
  private static let inline: Set<String> = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "code", "script", "style", "small", "sub", "sup", "mark",
  ]

  /// Whether an element stands between words, so that what is around it is no one word.
  static func isBreaking(_ name: String) -> Bool { breaking.contains(name) }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

  /// The name of the tag whose angle is at an index, in lower case; `nil` where that is no tag.
  private static func tagName(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (name: String, isEnd: Bool)? {
    var place = index + 1
    guard place < bytes.count else { return nil }
    let isEnd = bytes[place] == UInt8(ascii: "/")
    if isEnd { place += 1 }
    guard place < bytes.count,
      isLetter(bytes[place]) || bytes[place] == UInt8(ascii: "!") || bytes[place] == UInt8(ascii: "?")
    else { return nil }
    let end =
      bytes[place...].prefix(12).firstIndex { !isLetter($0) && !(48...57).contains($0) } ?? min(place + 12, bytes.count)
    return (String(decoding: bytes[place..<end].map { $0 | 0x20 }, as: UTF8.self), isEnd)
  }

  private static func hasKnownTag(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      var index = 0
      while let angle = text[index...].firstIndex(of: UInt8(ascii: "<")) {
        if let name = tagName(text, at: angle)?.name, breaking.contains(name) || inline.contains(name) { return true }
        index = angle + 1
      }
      return false
    }
  }

  /// What has no end is no tag and stays.
  private static func takeTagsOff(_ bytes: inout [UInt8]) {
    Rewriting.rewrite(&bytes) { text in
      // Behind the last angle there is no end of a tag; looked for once.
      let last = text.bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
      while let angle = text.keep(upTo: UInt8(ascii: "<")) {
        guard angle < last, let (name, isEnd) = tagName(text.rest, at: angle) else {
          text.keep(1)
          continue
        }
        if !isEnd, name == "script" || name == "style" {
          text.skip(to: end(ofElement: name, text.rest, from: angle))
        } else if text.rest[angle...].starts(with: "<!--".utf8) {
          text.skip(to: end(ofComment: text.rest, from: angle))
        } else {
          text.skip(to: end(ofTag: text.rest, from: angle))
        }
        if breaking.contains(name) { text.put(0x20) }
      }
    }
  }

  private static func end(ofTag bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var quote: UInt8 = 0
    for index in start..<min(bytes.count, start + 4096) {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), bytes[index - 1] == UInt8(ascii: "=") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      }
    }
    return (bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? start) + 1
  }

  private static func end(ofComment bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start + 4
    while index + 2 < bytes.count {
      if bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x3E { return index + 3 }
      index += 1
    }
    return bytes.count
  }

  private static func end(ofElement name: String, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start + 1
    while let angle = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if let tag = tagName(bytes, at: angle), tag.isEnd, tag.name == name { return end(ofTag: bytes, from: angle) }
      index = angle + 1
    }
    return bytes.count
  }

  // MARK: - Entities

  private static func decode(_ bytes: inout [UInt8]) {
    Rewriting.rewrite(&bytes) { text in
      while let start = text.keep(upTo: UInt8(ascii: "&")) {
        guard let end = text.rest[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")), end > start + 1,
          let scalar = scalar(text.rest[(start + 1)..<end])
        else {
          text.keep(1)
          continue
        }
        text.skip(to: end + 1)
        // Even the shortest name takes as many bytes as the longest character.
        for byte in UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter { text.put(byte) }
      }
    }
  }

  private static func scalar(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
    let text = String(decoding: name, as: UTF8.self)
    return name.first == UInt8(ascii: "#")
      ? HTMLEntities.scalar(text.dropFirst()) : HTMLEntities.scalar(named: text)
  }

  // MARK: - White space

  /// Runs of white space and control characters are one blank, none at the ends; soft hyphens and marks of byte order go.
  static func folded(_ bytes: [UInt8]) -> [UInt8] {
    var text = bytes
    Rewriting.rewrite(&text) { text in
      var isBlank = false
      while let first = text.next {
        // Most bytes are of words.
        let (width, kind) = first > 0x20 && first < 0x7F ? (1, Look.character) : blank(text.rest, at: text.read)
        switch kind {
        case .blank: isBlank = true
        case .nothing: break
        case .character:
          if isBlank, text.written > 0 { text.put(0x20) }
          isBlank = false
          text.keep(width)
          continue
        }
        text.skip(to: text.read + width)
      }
    }
    return text
  }

  private enum Look { case blank, nothing, character }

  private static func blank(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (width: Int, kind: Look) {
    let first = bytes[index]
    guard first >= 0x80 else { return (1, first <= 0x20 || first == 0x7F ? .blank : .character) }
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    let third = index + 2 < bytes.count ? bytes[index + 2] : 0
    switch (first, second, third) {
    case (0xC2, 0x80...0xA0, _): return (2, .blank)
    case (0xC2, 0xAD, _): return (2, .nothing)
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
      (0xE3, 0x80, 0x80), (0xEF, 0xBF, 0xBE...0xBF):
      return (3, .blank)
    case (0xE2, 0x80, 0x8B), (0xEF, 0xBB, 0xBF): return (3, .nothing)
    default: return (first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, .character)
    }
  }
}
