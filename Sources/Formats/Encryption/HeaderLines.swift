/// Takes the lines of a header off a file; what a header has room for is bounded.
struct HeaderLines {
  /// Bytes of a whole header. One with a single scrypt recipient has 150.
  static let limit = 1024

  private let file: ByteFeed
  /// What was taken so far, with the ends of the lines.
  private(set) var taken: [UInt8]

  /// - Parameter taken: what was taken off the file before.
  init(of file: ByteFeed, after taken: [UInt8]) {
    self.file = file
    self.taken = taken
  }

  /// The next line without its end, a line feed.
  mutating func next() throws(ArchiveError) -> [UInt8] {
    var line: [UInt8] = []
    while taken.count < Self.limit {
      guard let byte = try file.next() else { throw .encryption(.header(.cutOff(at: file.offset))) }
      taken.append(byte)
      if byte == newline { return line }
      if byte == UInt8(ascii: "\r") { throw .encryption(.header(.carriageReturn)) }
      line.append(byte)
    }
    throw .encryption(.header(.tooLong))
  }
}
