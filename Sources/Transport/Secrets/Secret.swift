import Market

/// A key that a provider gave somebody. It is never printed: not in a message, a log, a dump or a crash report.
package struct Secret: Sendable {
  private let bytes: [UInt8]

  /// Takes the key as a person stored it: white space around it, such as the carriage return of a Windows file, goes.
  ///
  /// - Throws: `SecretError` when nothing is left, or when what is left could not stand in one header field: control
  ///   characters (a line break would begin another header), spaces, or anything outside ASCII.
  package init(_ text: String) throws(SecretError) {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, Secret.isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, Secret.isBlank(last) { bytes.removeLast() }
    if bytes.isEmpty { throw .empty }
    if let offset = bytes.firstIndex(where: { $0 < 0x21 || $0 > 0x7E }) {
      throw .unprintable(position: offset - bytes.startIndex + 1)
    }
    self.bytes = Array(bytes)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The key itself, for the header that carries it and nothing else.
  var revealed: String { String(decoding: bytes, as: UTF8.self) }

  /// Shorter texts occur by chance in honest answers; no provider gives out keys as short as that.
  static let shortestSought = 8
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "…" }
  package var debugDescription: String { "…" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no key. Says where, never what: the text may be most of a real one.
package enum SecretError: Error, Hashable, Sendable {
  case empty
  /// Counted from 1, after the white space around the key was taken off.
  case unprintable(position: Int)
}

extension SecretError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the key is empty"
    case .unprintable(let position):
      "the key holds a space, a line break or another character that no key has, at position \(position); copy it again"
    }
  }
}
