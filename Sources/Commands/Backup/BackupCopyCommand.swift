import ArgumentParser
import Backups
import Rendering

struct BackupCopyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Bring every proven archive to the second folder.",
    discussion: """
      The folder is the one that BACKUP_COPY_PATH names: a removable disk, a mounted share. Each archive is copied with \
      its proof, read back from there and compared. Backups bring the newest one there by themselves.

      EXAMPLES
        BACKUP_COPY_PATH=/media/disk/appliance appliance backup copy
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    guard let folder = try context.backups(at: context.clock).copyFolder else {
      throw Failure(.usage, "no second folder is set; BACKUP_COPY_PATH names one")
    }
    let results = try await context.withBackups { backups in
      if let reason = backups.reasonForAbsence { throw BackupError.unreadable(path: folder, detail: reason) }
      return try backups.copyAll()
    }
    if global.json {
      try Console.output([
        "version": 1, "folder": .string(folder),
        "archives": .array(results.map { ["name": .string($0.name), "copy": $0.copy.json] }),
      ])
    } else {
      for (name, copy) in results { try Console.output(line(name, copy)) }
    }
    let warnings = results.compactMap(\.copy.warning)
    guard let first = warnings.first else { return }
    throw Failure(warnings.count < results.count ? .partly : .failed, global.json ? "" : first)
  }

  private func line(_ name: String, _ copy: BackupCopy) -> String {
    switch copy {
    case .made(let path): "\(Console.shown(path)): read back and compared\n"
    case .present(let path): "\(Console.shown(path)): there already\n"
    case .absent(_, let reason), .failed(_, let reason):
      "\(Console.shown(name)): not copied: \(Console.shown(reason))\n"
    }
  }
}
