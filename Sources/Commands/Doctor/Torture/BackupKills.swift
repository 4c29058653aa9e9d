import Formats
import Market
import Rendering
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Backups of the copy that are killed while they are made; then one that is not, restored and compared.
struct BackupKills {
  private let ground: TortureGround
  private let content: [TableContent]
  private var database: String { ground.copy + "/appliance.db" }

  private static let mostTrials = 6

  init(ground: TortureGround) throws {
    self.ground = ground
    content = try BackupKills.content(of: ground.copy + "/appliance.db")
  }

  func findings(until deadline: ContinuousClock.Instant) throws -> [Finding] {
    let began = ContinuousClock.now
    let first = try TortureChild(["backup", "create", "--quiet"], home: ground.copy)
    let code = first.end()
    guard code == 0 else { return [held("backup", "a backup of the copy ended with \(code): \(first.lastWords)", "")] }
    let lasting = ContinuousClock.now - began
    var unproven: String?, killed = 0, trials = 0
    while trials < 1 || trials < Self.mostTrials && ContinuousClock.now + lasting < deadline {
      let child = try TortureChild(["backup", "create", "--quiet"], home: ground.copy)
      if child.end(killedAfter: lasting * Double.random(in: 0..<1.05)) == -9 { killed += 1 }
      unproven = unproven ?? archives().first { access("\($0).proof.json", F_OK) != 0 }
      trials += 1
    }
    let verified = try TortureChild(["backup", "verify", "--all", "--quiet"], home: ground.copy)
    let end = verified.end()
    return [
      held(
        "backup", unproven.map { "\($0) bears its final name without a proof" } ?? fault(end, "verify", verified),
        "\(killed) of \(trials) killed in the middle; what bears a final name is proven"),
      try restored(),
    ]
  }

  private func fault(_ code: Int32, _ verb: String, _ child: TortureChild) -> String? {
    code == 0 ? nil : "backup \(verb) ended with \(code): \(child.lastWords)"
  }

  /// The newest archive, restored to a file of its own: the same rows in every table as the copy, which no kill changed.
  private func restored() throws -> Finding {
    let target = ground.folder + "/restored.db"
    guard let archive = archives().last else { return held("restore", "there is no archive to restore", "") }
    let child = try TortureChild(["backup", "restore", archive, "--to", target, "--quiet"], home: ground.copy)
    if let fault = fault(child.end(), "restore", child) { return held("restore", fault, "") }
    let (copy, back) = (try BackupKills.content(of: database), try BackupKills.content(of: target))
    let other = zip(content, back).first { $0 != $1 }?.0.name
    let rows = back.reduce(0) { $0 + $1.rows }
    let fault =
      copy != content
      ? "the copy changed under backups that were killed"
      : content.count != back.count
        ? "\(back.count) tables came back instead of \(content.count)"
        : other.map { "table \($0) came back with other rows" }
    return held("restore", fault, "\(back.count) tables, \(groupedText(Int64(rows))) rows, each as it was")
  }

  /// Archives under their final names, oldest first.
  private func archives() -> [String] {
    let folder = ground.copy + "/backups"
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix("appliance_"), name.hasSuffix(".tar.zst") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  private static func content(of path: String) throws -> [TableContent] {
    let store = try Store.reading(path)
    defer { store.close() }
    return try store.contents()
  }
}
