/// What a person keeps in mind to open an encrypted archive. It prints as nothing.
package struct Passphrase: Sendable {
  let bytes: [UInt8]

  /// Longer ones are a mistake: a whole file, for instance.
  package static let longest = 1024

  /// Shorter ones can be guessed by whoever has the archive and tries long enough.
  package static let leastCharacters = 12

  /// What is wrong with a short one, without a word of it; `nil` for one that is long enough.
  package var weakness: String? {
    let count = String(decoding: bytes, as: UTF8.self).count
    guard count < Self.leastCharacters else { return nil }
    return "the passphrase has \(count) character\(count == 1 ? "" : "s"), which can be guessed; take "
      + "\(Self.leastCharacters) or more, such as five or six words"
  }

  /// - Parameter bytes: as they were typed, UTF-8; equal looks in another Unicode form are another passphrase.
  /// - Throws: `PassphraseFault` for one that is empty or too long.
  package init(_ bytes: [UInt8]) throws(PassphraseFault) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Self.longest else { throw .tooLong }
    self.bytes = bytes
  }

  /// The first line of a file, without its end.
  package init(ofFile path: String) throws {
    let content = try WholeFile.read(path, limit: 64 << 10)
    var line = Array(content.prefix { $0 != UInt8(ascii: "\n") })
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    try self.init(line)
  }
}

/// Why a text is no passphrase.
package enum PassphraseFault: Error, Hashable, Sendable, CustomStringConvertible {
  case empty, tooLong

  /// What is wrong with it, without a word of it.
  package var description: String {
    switch self {
    case .empty: "the passphrase is empty"
    case .tooLong: "the passphrase is longer than the \(Passphrase.longest) bytes allowed"
    }
  }
}

extension Passphrase: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `(passphrase)`: what is secret gets into no message.
  package var description: String { "(passphrase)" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing either.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
