import Market

/// When a backup was made, as its file names bear it: `20250919T223000Z`, and `20250919T223000Z-2` for a second one
/// made in the same second.
package struct BackupStamp: Hashable, Sendable {
  /// To the second; the name has it in UTC.
  package let instant: Instant
  /// 1, or more where several backups bear the same instant.
  package let number: Int

  /// A stamp; `number` must be 1 or more.
  package init(_ instant: Instant, number: Int = 1) {
    self.instant = instant
    self.number = number
  }

  var next: BackupStamp { BackupStamp(instant, number: number + 1) }
}

extension BackupStamp: Comparable {
  /// The older one first, then by number.
  package static func < (a: BackupStamp, b: BackupStamp) -> Bool {
    (a.instant, a.number) < (b.instant, b.number)
  }
}

extension BackupStamp: CustomStringConvertible {
  /// As file names bear it: `20250919T223000Z`, with the number behind it where that is not 1.
  package var description: String {
    let text = instant.description.filter { $0 != "-" && $0 != ":" }
    return number == 1 ? text : "\(text)-\(number)"
  }

  /// Reads what `description` writes and nothing else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let digits = Array(parts[0].utf8)
    guard digits.count == 16 else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    let spelled = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    guard let instant = Instant(spelled), let number = parts.count == 1 ? 1 : Int(parts[1]) else { return nil }
    self.init(instant, number: number)
    guard description == text else { return nil }
  }
}
