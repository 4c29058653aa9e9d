import Market

/// Foreign bytes made fit to be shown and stored: valid UTF-8, one line, short.
package enum Excerpt {
  /// The bytes cut to `limit`, control characters and marks that turn the direction of writing made spaces, broken UTF-8
  /// made U+FFFD.
  package static func of(_ bytes: some Collection<UInt8>, limit: Int = Refusal.excerptLength) -> String {
    var kept = Array(bytes.prefix(limit))
    if bytes.count > limit { dropCutCharacter(&kept) }
    for index in kept.indices where kept[index] < 0x20 || kept[index] == 0x7F { kept[index] = 0x20 }
    let text = String(decoding: kept, as: UTF8.self)
    guard text.unicodeScalars.contains(where: isUnfit) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isUnfit($0) ? " " : $0 }))
  }

  /// The control characters beyond ASCII, and what makes text read in another order than it stands.
  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A text cut to `limit` bytes of UTF-8, its control characters replaced.
  package static func of(_ text: String, limit: Int = Refusal.excerptLength) -> String {
    of(Array(text.utf8), limit: limit)
  }

  /// Takes the first bytes of a character off the end whose other bytes were cut away.
  private static func dropCutCharacter(_ bytes: inout [UInt8]) {
    var tail = 0
    while tail < 3, tail < bytes.count, bytes[bytes.count - 1 - tail] & 0xC0 == 0x80 { tail += 1 }
    guard tail < bytes.count else { return }
    let lead = bytes[bytes.count - 1 - tail]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    if tail + 1 < length { bytes.removeLast(tail + 1) }
  }
}
