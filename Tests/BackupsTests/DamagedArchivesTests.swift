import Formats
import Support
import Testing

@testable import Backups
@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What can happen to a backup, a hundred times.
@Suite struct DamagedArchivesTests {
  enum Damage: Int, CaseIterable {
    case flippedByte, flippedByteUnproven, truncated, truncatedUnproven, extended, zeroedBlock, memberRemoved,
      memberDoubled, memberRenamed, otherManifest, otherProof
  }

  @Test(arguments: 0..<100)
  func `a damaged archive is refused, its place is named, and nothing is written`(seed: Int) throws {
    let damage = Damage.allCases[seed % Damage.allCases.count]
    var random = SeededGenerator(seed: UInt64(seed) + 1)
    let shared = seed % 2 == 0 ? try SharedBackup.it.get() : try SharedBackup.encrypted.get()
    let home = try TestHome()
    let (archive, proof) = try Self.damaged(shared, damage, &random, in: home)
    let name = try shared.lay(archive: archive, proof: proof, into: home)
    var backups = home.backups()
    backups.passphrase = shared.passphrase
    backups.workFactor = .least
    if damage == .flippedByteUnproven, (try? backups.verify(name)) != nil {
      // A bit that carries nothing, as in the padding of a header: every member is what it was.
      let members = try SharedBackup.members(of: "\(home.folder)/\(name)", backups)
      #expect(members.map(\.name) == shared.members.map(\.name) && members.map(\.bytes) == shared.members.map(\.bytes))
      return
    }
    let told = try Self.told { try backups.verify(name) }
    #expect(told.path.contains(name), "\(damage)")
    #expect(Self.words(of: damage).contains { told.detail.contains($0) }, "\(damage): \(told.detail)")
    let target = "\(home.path)/restored.db"
    #expect(try Self.told { try backups.restore(name, to: target) } == told)
    #expect(home.names(home.path) == ["backups"])
    #expect(home.names(home.folder).filter { $0 != BackupLedger.name }.count == (proof == nil ? 1 : 2))
  }

  /// Some words that say where.
  private static func words(of damage: Damage) -> [String] {
    switch damage {
    case .flippedByte, .zeroedBlock: ["bytes were altered"]
    case .flippedByteUnproven:
      ["member ", "damaged in chunk", "its last chunk", "zstd", "tar archive", "cut off", "entry ", "manifest.json"]
    case .truncated: ["bytes where its proof says"]
    case .truncatedUnproven: ["cut off", "member ", "zstd", "no bytes", "its last chunk"]
    case .extended: ["bytes where its proof says"]
    case .memberRemoved: ["is missing"]
    case .memberDoubled: ["twice", "follows the manifest"]
    case .memberRenamed: ["is missing"]
    case .otherManifest: ["member "]
    case .otherProof: ["bytes where its proof says", "bytes were altered"]
    }
  }

  private struct Told: Equatable {
    let path: String
    let detail: String
  }

  private static func told(_ body: () throws -> some Any) throws -> Told {
    do {
      _ = try body()
      throw TestFault(what: "it was taken as good")
    } catch BackupError.integrity(let path, let detail) {
      return Told(path: path, detail: detail)
    }
  }

  private static func damaged(
    _ shared: SharedBackup, _ damage: Damage, _ random: inout SeededGenerator, in home: TestHome
  ) throws -> (archive: [UInt8], proof: [UInt8]?) {
    var bytes = shared.archive
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch damage {
    case .flippedByte:
      bytes[place] ^= UInt8(1 << Int.random(in: 0...7, using: &random))
      return (bytes, shared.proof)
    case .flippedByteUnproven:
      // In the middle of the database, where no byte is padding.
      let place = Int.random(in: bytes.count / 4..<bytes.count / 2, using: &random)
      bytes[place] = ~bytes[place]
      return (bytes, nil)
    case .truncated: return (Array(bytes[..<place]), shared.proof)
    case .truncatedUnproven: return (Array(bytes[..<(bytes.count * 9 / 10 * place / bytes.count)]), nil)
    case .extended: return (bytes + (0..<Int.random(in: 1...5000, using: &random)).map { _ in 0 }, shared.proof)
    case .zeroedBlock:
      let start = min(place, bytes.count - 600)
      bytes.replaceSubrange(start..<start + 512, with: [UInt8](repeating: 0, count: 512))
      return (bytes, shared.proof)
    case .otherProof: return (bytes, try SharedBackup.other.get().proof)
    case .memberRemoved, .memberDoubled, .memberRenamed, .otherManifest:
      return (try rebuilt(shared, damage, &random, in: home), nil)
    }
  }

  /// Packs the members anew, with one of them altered, as the archive was packed.
  private static func rebuilt(
    _ shared: SharedBackup, _ damage: Damage, _ random: inout SeededGenerator, in home: TestHome
  ) throws -> [UInt8] {
    var members = shared.members
    let chosen = Int.random(in: 0..<members.count - 1, using: &random)
    switch damage {
    case .memberRemoved: members.remove(at: chosen)
    case .memberDoubled:
      var doubled = members[chosen]
      // The writer takes no name twice: behind the manifest it is one too many by any name.
      doubled.name += "-again"
      members.append(doubled)
    case .memberRenamed: members[chosen].name = "renamed-\(chosen)"
    default: members[members.count - 1].bytes = try SharedBackup.other.get().members.last?.bytes ?? []
    }
    let path = "\(home.path)/packed"
    defer { unlink(path) }
    let file = try SafeFile(path)
    let encrypting = try shared.passphrase.map { try EncryptingSink(into: file, passphrase: $0, workFactor: .least) }
    let writer = try ArchiveWriter(into: encrypting ?? file, modified: TestHome.now)
    for member in members { try writer.add(name: member.name, bytes: member.bytes) }
    try writer.finish()
    try encrypting?.finish()
    try file.finish()
    return try bytes(ofFile: path)
  }

  private static func bytes(ofFile path: String) throws -> [UInt8] { try WholeFile.read(path, limit: 1 << 30) }
}
