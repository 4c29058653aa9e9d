import Formats
import Market
import Rendering

/// A JSON document that bears the SHA-256 of its own text, so that no byte of it can change unseen.
///
/// It is an object whose last member is `"seal"`, the SHA-256 of every byte before its line. The name is as old as the
/// first backups; theirs must be read.
enum ChecksummedText {
  private static let opening = Array(",\n  \"seal\": \"".utf8)
  private static let closing = Array("\"\n}\n".utf8)
  private static let digits = 64

  static func text(_ members: [(String, JSONValue)]) -> [UInt8] {
    // Pretty text ends with "\n}\n"; the checksum goes before that.
    let body = Array(JSONValue.object(members).pretty.utf8.dropLast(3))
    return body + opening + Array(Fingerprint(of: body).description.utf8) + closing
  }

  /// Whether the text is as it was written.
  static func isIntact(_ text: [UInt8]) -> Bool {
    let tail = opening.count + digits + closing.count
    guard text.count > tail else { return false }
    let body = Array(text[..<(text.count - tail)])
    return text[body.count...].elementsEqual(opening + Array(Fingerprint(of: body).description.utf8) + closing)
  }
}
