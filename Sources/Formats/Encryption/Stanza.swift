/// A section of a header: for whom it wraps the file key, and the wrapped key.
struct Stanza: Hashable {
  /// The first is the type of the recipient. Printable ASCII, none empty.
  let arguments: [String]
  let body: [UInt8]

  static let opening = Array("-> ".utf8)
  private static let columns = 64

  init(arguments: [String], body: [UInt8]) {
    self.arguments = arguments
    self.body = body
  }

  /// Its lines.
  var text: [UInt8] {
    var text = Self.opening + Array(arguments.joined(separator: " ").utf8) + [newline]
    var rest = UnpaddedBase64.text(body)[...]
    while rest.count >= Self.columns {
      text += rest.prefix(Self.columns) + [newline]
      rest = rest.dropFirst(Self.columns)
    }
    // The last line is shorter than the others, even if that leaves it empty.
    return text + rest + [newline]
  }

  /// Reads one.
  ///
  /// - Parameters:
  ///   - first: its first line, which begins with `opening`.
  ///   - lines: where the lines of its body are taken from.
  init(_ first: [UInt8], from lines: inout HeaderLines) throws(ArchiveError) {
    let arguments = first.dropFirst(Self.opening.count).split(separator: space, omittingEmptySubsequences: false)
    guard arguments.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isPrintable) }) else {
      throw .encryption(.header(.arguments))
    }
    var body: [UInt8] = []
    while true {
      let line = try lines.next()
      guard line.count <= Self.columns else { throw .encryption(.header(.wrappedKey)) }
      body += line
      if line.count < Self.columns { break }
    }
    guard let bytes = UnpaddedBase64.bytes(body) else { throw .encryption(.header(.wrappedKey)) }
    self.init(arguments: arguments.map { String(decoding: $0, as: UTF8.self) }, body: bytes)
  }
}

private let space = UInt8(ascii: " ")
let newline = UInt8(ascii: "\n")

private func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
