import Market

/// The bytes of a feed as valid UTF-8, however they were packed and encoded.
enum FeedBytes {
  /// Takes off gzip, told by its first bytes. What is cut gives what could be unpacked, and what was wrong.
  static func unpacked(_ bytes: [UInt8]) throws(FeedFault) -> (bytes: [UInt8], damage: String?) {
    guard bytes.count <= Feed.largest else { throw .tooLarge(limit: Feed.largest) }
    guard bytes.starts(with: [0x1F, 0x8B]) else { return (bytes, nil) }
    var content: [UInt8] = []
    do {
      let file = try UnpackedFile(bytes: bytes, name: "feed")
      var piece = [UInt8](repeating: 0, count: 1 << 18)
      while content.count <= Feed.largest {
        let count = try piece.withUnsafeMutableBytes { (buffer) throws(ArchiveError) in try file.read(into: buffer) }
        if count == 0 { return (content, nil) }
        content += piece[..<count]
      }
    } catch {
      return (content, "the gzip is damaged")
    }
    throw .tooLarge(limit: Feed.largest)
  }

  /// Bytes that are valid UTF-8 are taken for it, whatever they claim to be; else what the answer says counts before what the
  /// document says, and what fits neither is windows-1252.
  static func utf8(_ bytes: [UInt8], contentType: String?) -> [UInt8] {
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), isBig: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), isBig: true) }
    if bytes.starts(with: [0x3C, 0]) { return utf16(bytes[...], isBig: false) }
    if bytes.starts(with: [0, 0x3C]) { return utf16(bytes[...], isBig: true) }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    if isUTF8(content) { return content }
    let claims = [contentType.flatMap(charset(ofType:)), charset(declaredIn: content)]
    let table = claims.lazy.compactMap { $0.flatMap(ByteCharset.init(named:)) }.first ?? .windows1252
    return table.utf8(content)
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { SoundUTF8.isValid($0) }
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBig: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// `windows-1251` of `text/xml; charset="windows-1251"`
  private static func charset(ofType type: String) -> String? {
    guard let place = type.lowercased().firstRange(of: "charset=") else { return nil }
    return name(type.lowercased()[place.upperBound...])
  }

  /// `windows-1251` of `<?xml version="1.0" encoding="windows-1251"?>`
  private static func charset(declaredIn bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(300).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
    guard let start = head.firstRange(of: "<?xml"), let end = head[start.upperBound...].firstRange(of: "?>"),
      let place = head[start.upperBound..<end.lowerBound].firstRange(of: "encoding=")
    else { return nil }
    return name(head[place.upperBound..<end.lowerBound])
  }

  private static func name(_ text: Substring) -> String {
    String(
      text.drop { $0 == "\"" || $0 == "'" || $0 == " " }.prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
      })
  }
}

private enum SoundUTF8 {
  /// Whether bytes are UTF-8, without a copy of them.
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes.count - index >= 8, let start = bytes.baseAddress,
        UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      guard byte >= 0xC2, byte <= 0xF4, index + length <= bytes.count else { return false }
      for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return false }
      let second = bytes[index + 1]
      if byte == 0xE0 && second < 0xA0 || byte == 0xED && second > 0x9F { return false }
      if byte == 0xF0 && second < 0x90 || byte == 0xF4 && second > 0x8F { return false }
      index += length
    }
    return true
  }
}

/// A charset of one byte a character.
enum ByteCharset: Hashable {
  case windows1252, latin9, windows1251, koi8r

  /// `nil` for a name that is not known, and for those of UTF-8, which was tried before.
  init?(named name: String) {
    switch name {
    case "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii": self = .windows1252
    case "iso-8859-15", "latin9", "latin-9": self = .latin9
    case "windows-1251", "cp1251": self = .windows1251
    case "koi8-r", "koi8r": self = .koi8r
    default: return nil
    }
  }

  /// The characters of bytes as UTF-8.
  func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let upper = upperHalf
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 4)
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += upper[Int(byte - 0x80)] }
    }
    return text
  }

  /// The characters of the bytes from 128 on.
  private var upperHalf: [[UInt8]] {
    switch self {
    case .windows1252: (ByteCharset.tail1252 + ByteCharset.latin(0xA0...0xFF)).map { Array(String($0).utf8) }
    case .latin9:
      (ByteCharset.tail1252 + ByteCharset.latin(0xA0...0xFF)).map { scalar in
        Array(String(ByteCharset.latin9Differences[scalar] ?? scalar).utf8)
      }
    case .windows1251: (ByteCharset.tail1251 + ByteCharset.latin(0x410...0x44F)).map { Array(String($0).utf8) }
    case .koi8r: (ByteCharset.tailKOI8 + Array(ByteCharset.koi8.unicodeScalars)).map { Array(String($0).utf8) }
    }
  }

  private static func latin(_ range: ClosedRange<UInt32>) -> [Unicode.Scalar] { range.compactMap(Unicode.Scalar.init) }

  private static let tail1252 = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)
  private static let tail1251 = Array(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї".unicodeScalars)
  private static let latin9Differences: [Unicode.Scalar: Unicode.Scalar] = [
    "¤": "€", "¦": "Š", "¨": "š", "´": "Ž", "¸": "ž", "¼": "Œ", "½": "œ", "¾": "Ÿ",
  ]
  /// Lines and boxes, which no text of a feed needs, but for `ё` and `Ё`.
  private static let tailKOI8: [Unicode.Scalar] = (0x80...0xBF as ClosedRange<UInt32>).map {
    $0 == 0xA3 ? "ё" : $0 == 0xB3 ? "Ё" : " "
  }
  private static let koi8 = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"
}
