import Testing

@testable import Formats

@Suite struct EncryptionHeaderTests {
  private static let version = "age-encryption.org/v1\n"
  private static let salt = "EBESExQVFhcYGRobHB0eHw"
  private static let key = "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmA\n"
  private static let recipient = "-> scrypt \(salt) 10\n\(key)"
  private static let mac = "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0\n"
  private static let x25519 = "-> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE\n\(key)"

  private func header(_ text: String) throws -> EncryptionHeader {
    try EncryptionHeader(from: ByteFeed(BytesSource(Array(text.utf8))))
  }

  private func refusal(_ text: String) throws -> EncryptionError {
    do {
      _ = try header(text)
      throw AgeFile.TakenAsGood()
    } catch ArchiveError.encryption(let error) {
      return error
    }
  }

  @Test func `what is read is what would be written`() throws {
    let text = Self.version + Self.recipient + Self.mac
    #expect(String(decoding: try header(text + "payload").bytes, as: UTF8.self) == text)
  }

  @Test(arguments: 0..<150) func `no part of a header passes for the whole`(count: Int) throws {
    let text = String((Self.version + Self.recipient + Self.mac).prefix(count))
    #expect(try refusal(text) == .header(.cutOff(at: count)))
  }

  @Test(arguments: [
    ("age-encryption.org/v2\n", HeaderFault.version), ("age-encryption.org/v1 \n", .version),
    ("age-encryption.org/v1\n\n", .noRecipient), ("age-encryption.org/v1\r\n", .carriageReturn),
    ("age-encryption.org/v1\n\(mac)", .noRecipient), ("age-encryption.org/v1\n->scrypt\n", .noRecipient),
    ("age-encryption.org/v1\n-> scrypt \(salt) 10\r\n", .carriageReturn),
    ("age-encryption.org/v1\n\(recipient)--- x\r\n", .carriageReturn),
    ("age-encryption.org/v1\n-> scrypt \(salt) 10\n\(key.dropLast())\r\n", .carriageReturn),
  ])
  func `lines that are not a header's are refused`(text: String, fault: HeaderFault) throws {
    #expect(try refusal(text) == .header(fault))
  }

  @Test(arguments: [
    "\n", "PK\u{3}\u{4}", "AGE-encryption.org/v1\n", " age-encryption.org/v1\n", "appl.enc\u{1}\u{F}\u{8}",
  ])
  func `what begins otherwise is no age file`(text: String) throws {
    #expect(try refusal(text + String(repeating: "x", count: 30)) == .notEncrypted)
  }

  @Test func `ASCII armor is told as such`() throws {
    #expect(try refusal("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n") == .armored)
  }

  @Test func `a file for somebody's key is told as such`() throws {
    #expect(try refusal(Self.version + Self.x25519 + Self.mac) == .otherRecipient(type: "X25519"))
    #expect(try refusal(Self.version + "-> Scrypt \(Self.salt) 10\n\(Self.key)") == .otherRecipient(type: "Scrypt"))
    let long = try refusal(Self.version + "-> \(String(repeating: "y", count: 900))\n\n")
    #expect(long.description.utf8.count < 150)
  }

  @Test(arguments: [recipient, x25519, "-> grease\n\n"])
  func `another recipient beside the passphrase is refused`(other: String) throws {
    #expect(try refusal(Self.version + Self.recipient + other + Self.mac) == .header(.severalRecipients))
  }

  @Test(arguments: [
    "-> \n", "->  scrypt \(salt) 10\n", "-> scrypt  \(salt) 10\n", "-> scrypt \(salt) 10 \n", "-> scrypt\n",
    "-> scrypt \(salt)\n", "-> scrypt 10\n", "-> scrypt \(salt) 10 10\n", "-> scrypt\t\(salt) 10\n",
    "-> scrypt \(salt) 1\u{0}\n", "-> scrypt \(salt) é\n", "-> scrypt \(salt) 10\u{7F}\n",
  ])
  func `a recipient of another form is refused`(line: String) throws {
    #expect(try refusal(Self.version + line + Self.key + Self.mac) == .header(.arguments))
  }

  @Test(arguments: [
    "\(salt)==", "EBESExQVFhcYGRobHB0eHx", "EBESExQVFhcYGRobHB0e", "EBESExQVFhcYGRobHB0eHyA", "EBESExQVFhcYGRobHB0eH",
    "EBESExQVFhcYGRobHB0e-w", "=",
  ])
  func `a salt that is not sixteen bytes in their one spelling is refused`(salt: String) throws {
    #expect(try refusal(Self.version + "-> scrypt \(salt) 10\n" + Self.key + Self.mac) == .header(.salt))
  }

  @Test(arguments: ["0", "010", "+10", "-10", "0x0a", "10.0", "1e1", "ten", "１０", "10,"])
  func `a work factor that is not a plain number is refused`(number: String) throws {
    let refusal = try refusal(Self.version + "-> scrypt \(Self.salt) \(number)\n" + Self.key + Self.mac)
    // Digits of other alphabets are not even printable ASCII.
    #expect(refusal == .header(number.utf8.count > number.count ? .arguments : .workFactor))
  }

  /// Without a passphrase there is no work that could be done.
  @Test(arguments: ["21", "22", "30", "63", "64", "255", "18446744073709551616", String(repeating: "9", count: 300)])
  func `a work factor above twenty is refused before any work`(number: String) throws {
    let refusal = try refusal(Self.version + "-> scrypt \(Self.salt) \(number)\n" + Self.key + Self.mac)
    #expect(refusal == .workFactor(WorkFactor(logN: Int(number) ?? .max), largest: .largest))
    #expect(refusal.description.contains("above 2^20 none is tried"))
  }

  @Test(arguments: ["1", "9", "20"]) func `a work factor up to twenty is taken`(number: String) throws {
    let header = try header(Self.version + "-> scrypt \(Self.salt) \(number)\n" + Self.key + Self.mac)
    #expect(header.recipient.workFactor.logN == Int(number))
  }

  @Test(arguments: [
    "\n", "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmA=\n", "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmB\n",
    "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BQ\n", "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmAA\n",
    "GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmAAAAAAAAAAAAAAAAAAAAAA\n\n", " \(key)", "\(key.dropLast()) \n",
    "\(String(repeating: "A", count: 65))\n", "GFsWkgIH9oqtUP26EUeEoH_pZzN7oeR9i/ZvtkG/BmA\n",
  ])
  func `a wrapped key that is not thirty-two bytes in their one spelling is refused`(body: String) throws {
    #expect(try refusal(Self.version + "-> scrypt \(Self.salt) 10\n" + body + Self.mac) == .header(.wrappedKey))
  }

  @Test(arguments: [
    "---\n", "--- \n", "---AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0\n",
    "---  AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0\n",
    "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0 \n", "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W1\n",
    "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0=\n", "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4Q\n",
    "--- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0A\n", "\n", key, "garbage\n",
  ])
  func `a last line that is not a MAC in its one spelling is refused`(line: String) throws {
    #expect(try refusal(Self.version + Self.recipient + line) == .header(.mac))
  }

  @Test func `a MAC that another key made is damage, not another passphrase`() throws {
    let text = Self.version + Self.recipient + "--- \(String(repeating: "A", count: 43))\n"
    let header = try header(text)
    #expect(throws: EncryptionError.header(.otherMAC)) { try header.fileKey(AgeFile.passphrase()) }
  }

  @Test(arguments: [
    "-> scrypt \(String(repeating: "A", count: 1 << 20))",
    "-> scrypt \(salt) 10\n\(String(repeating: "A", count: 1 << 20))",
    recipient + "--- \(String(repeating: "A", count: 1 << 20))",
    "-> x\n" + String(repeating: String(repeating: "A", count: 64) + "\n", count: 10_000),
  ])
  func `a header without end is refused after a kilobyte`(rest: String) throws {
    let source = BytesSource(Array((Self.version + rest).utf8), piece: 1)
    let file = ByteFeed(source)
    #expect(throws: ArchiveError.self) { try EncryptionHeader(from: file) }
    #expect(file.offset <= HeaderLines.limit)
  }
}
