import Formats
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The newest archive in a folder that has its proof beside it.
struct ProvenBackup: Sendable {
  /// Name of the archive in its folder.
  let archive: String
  /// When it was made, as its name says.
  let madeAt: Instant

  /// `nil` where there is none, or no such folder.
  ///
  /// Names alone are looked at; `appliance backup verify` looks at what is in them.
  static func newest(in folder: String) -> ProvenBackup? {
    let names = Set(ProvenBackup.names(in: folder))
    return names.compactMap { name in
      stamp(ofArchive: name).map { ProvenBackup(archive: name, madeAt: $0) }
    }
    .filter { names.contains("\($0.archive).proof.json") }
    .max { ($0.madeAt, $0.archive.utf8.count, $0.archive) < ($1.madeAt, $1.archive.utf8.count, $1.archive) }
  }

  /// The instant in `appliance_20250919T223000Z.tar.zst`; a second one of the same second ends in `-2`.
  private static func stamp(ofArchive name: String) -> Instant? {
    guard name.hasPrefix("appliance_"), name.hasSuffix(".tar.zst") else { return nil }
    let stamp = name.dropFirst("appliance_".count).dropLast(".tar.zst".count)
    let digits = Array((stamp.split(separator: "-", maxSplits: 1).first ?? "").utf8)
    guard digits.count == 16 else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return Instant("\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<16))")
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }
}
