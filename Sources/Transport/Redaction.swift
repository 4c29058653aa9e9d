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
    let spellings = secrets.flatMap(\.spellings)
    guard !spellings.isEmpty else { return answer }
    var body = answer.body
    var found = false
    for spelling in spellings where cover(spelling, in: &body) { found = true }
    let headers = answer.headers.map { field in
      let value = removing(spellings, from: field.value)
      if value != field.value { found = true }
      return HeaderField(field.name, value)
    }
    guard found else { return answer }
    return Answer(status: answer.status, headers: headers + [mark], body: body, receivedAt: answer.receivedAt)
  }

  /// The same for a text: an address, a header, a reason.
  static func removing(_ secrets: [Secret], from text: String) -> String {
    removing(secrets.flatMap(\.spellings), from: text)
  }

  private static func removing(_ spellings: [[UInt8]], from text: String) -> String {
    guard !spellings.isEmpty else { return text }
    var bytes = Array(text.utf8)
    var found = false
    for spelling in spellings where cover(spelling, in: &bytes) { found = true }
    return found ? String(decoding: bytes, as: UTF8.self) : text
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
