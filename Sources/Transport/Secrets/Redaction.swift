import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Takes keys out of what a provider sent back, so that nobody after this room ever holds it.
enum Redaction {
  /// Added to an answer in which a key was found.
  static let mark = HeaderField("x-appliance-redacted", "1")

  /// The answer with each occurrence of a key replaced by asterisks, as many as it had bytes, and marked if there
  /// was one; unchanged otherwise.
  static func removing(_ secrets: [Secret], from answer: Answer) -> Answer {
    let needles = Needles(secrets)
    guard !needles.isEmpty else { return answer }
    var body = answer.body
    var found = cover(needles, in: &body)
    let headers = answer.headers.map { field in
      let value = removing(needles, from: field.value)
      if value != field.value { found = true }
      return HeaderField(field.name, value)
    }
    guard found else { return answer }
    return Answer(status: answer.status, headers: headers + [mark], body: body, receivedAt: answer.receivedAt)
  }

  /// Whether a key stands in what is to be sent, in any spelling.
  static func finds(_ secret: Secret, in body: [UInt8]) -> Bool {
    var body = body
    return !body.isEmpty && cover(Needles([secret]), in: &body)
  }

  /// The same for a text: an address, a header, a reason.
  static func removing(_ secrets: [Secret], from text: String) -> String {
    removing(Needles(secrets), from: text)
  }

  private static func removing(_ needles: Needles, from text: String) -> String {
    guard !needles.isEmpty else { return text }
    var bytes = Array(text.utf8)
    return cover(needles, in: &bytes) ? String(decoding: bytes, as: UTF8.self) : text
  }

  /// What is sought: whole spellings, and keys any signs of which may be percent-encoded.
  private struct Needles {
    let spellings: [[UInt8]]
    let keys: [[UInt8]]

    var isEmpty: Bool { spellings.isEmpty }

    init(_ secrets: [Secret]) {
      spellings = secrets.flatMap(\.spellings)
      keys = secrets.map { Array($0.revealed.utf8) }.filter { $0.count >= Secret.shortestSought }
    }
  }

  /// Overwrites every occurrence of any of them with asterisks; whether there was one.
  private static func cover(_ needles: Needles, in bytes: inout [UInt8]) -> Bool {
    var found = false
    for spelling in needles.spellings where cover(spelling, in: &bytes) { found = true }
    for key in needles.keys where coverEncoded(key, in: &bytes) { found = true }
    return found
  }

  /// Addresses encode some signs and not others, and an address within an address is encoded twice; JSON within JSON puts
  /// one backslash before another.
  private static func coverEncoded(_ key: [UInt8], in bytes: inout [UInt8]) -> Bool {
    let mark = UInt8(ascii: "%")
    guard let first = key.first, bytes.contains(mark) || bytes.contains(UInt8(ascii: "\\")) else { return false }
    var found = false
    var place = 0
    while place < bytes.count {
      guard bytes[place] == first || bytes[place] == mark, let end = encodedEnd(of: key, in: bytes, from: place) else {
        place += 1
        continue
      }
      for index in place..<end { bytes[index] = UInt8(ascii: "*") }
      found = true
      place = end
    }
    return found
  }

  /// Where a key ends that begins here, each of its signs plain or percent-encoded, once or over again.
  private static func encodedEnd(of key: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    for sign in key {
      while place > start, place < bytes.count, bytes[place] == UInt8(ascii: "\\"), sign != bytes[place] { place += 1 }
      guard place < bytes.count else { return nil }
      if bytes[place] == sign {
        place += 1
        continue
      }
      guard bytes[place] == UInt8(ascii: "%") else { return nil }
      var digits = place + 1
      while digits + 3 < bytes.count, bytes[digits] == UInt8(ascii: "2"), bytes[digits + 1] == UInt8(ascii: "5") {
        digits += 2
      }
      guard digits + 1 < bytes.count, let high = hexadecimal(bytes[digits]), let low = hexadecimal(bytes[digits + 1]),
        high << 4 | low == sign
      else { return nil }
      place = digits + 2
    }
    return place
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }

  /// Overwrites every occurrence with asterisks; whether there was one.
  private static func cover(_ needle: [UInt8], in bytes: inout [UInt8]) -> Bool {
    guard let first = position(of: needle, in: bytes, from: 0) else { return false }
    var next: Int? = first
    while let start = next {
      for index in start..<start + needle.count { bytes[index] = UInt8(ascii: "*") }
      next = position(of: needle, in: bytes, from: start + needle.count)
    }
    return true
  }

  /// Plain search by the first byte: keys begin with anything, and `memchr` skips megabytes in no time.
  private static func position(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first else { return nil }
    return bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var place = start
      while place + needle.count <= bytes.count {
        guard let hit = memchr(base + place, Int32(first), bytes.count - needle.count - place + 1) else { return nil }
        if memcmp(hit, needle, needle.count) == 0 { return UnsafeRawPointer(hit) - base }
        place = UnsafeRawPointer(hit) - base + 1
      }
      return nil
    }
  }
}
