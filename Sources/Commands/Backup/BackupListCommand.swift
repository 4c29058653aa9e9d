import ArgumentParser
import Backups
import Market
import Rendering

struct BackupListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The backups there are, and what else lies in their folder.")

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    let (list, copies, absence) = try await context.withBackups { backups in
      (try backups.list(), try backups.listCopies(), backups.reasonForAbsence)
    }
    if global.json { return try Console.output(json(list, copies: copies, absence: absence)) }
    if list.backups.isEmpty {
      context.console.say("no backups in \(context.settings.home.backups); `appliance backup create` makes one")
    }
    let table = RowFormat.table.encoder(table: "backup", on: context.console.screen)
    let copied = copies.map { Set($0.backups.filter(\.isProven).map(\.name)) }
    table.begin(
      ["archive", "size", "age"].map { Column($0, .text) } + [Column("made", .text, .minor)]
        + (copied == nil ? [] : [Column("copy", .text)]) + [Column("state", .text)])
    for backup in list.backups {
      table.text(backup.name)
      table.text(humanSize(bytes: Int64(backup.size)))
      table.text(humanDuration(seconds: max(0, context.clock.now - backup.stamp.instant)))
      table.text(backup.automatic.map { $0 ? "by a run" : "by hand" } ?? "")
      if let copied { table.text(copied.contains(backup.name) ? "yes" : "no") }
      table.text(TypedHints.applied(to: backup.stateText))
      table.endRow()
    }
    if !list.backups.isEmpty { table.finish() }
    try Console.output(table.output.text + (list.coverage.map { "\n\($0.text)\n" } ?? ""))
    for other in list.others { context.console.say("left alone: \(other.name): \(other.reason)") }
    for other in copies?.others ?? [] {
      context.console.say("left alone in the second folder: \(other.name): \(other.reason)")
    }
    let onlyThere = copies?.backups.filter { copy in !list.backups.contains { $0.name == copy.name } } ?? []
    for copy in onlyThere { context.console.say("in the second folder only: \(copy.name), \(copy.stateText)") }
    if let absence, let folder = context.settings[.backupCopyPath] { context.console.say("\(folder): \(absence)") }
  }

  private func json(_ list: BackupList, copies: BackupList?, absence: String?) -> JSONValue {
    [
      "version": 1,
      "backups": .array(list.backups.map { $0.json(beside: copies) }),
      "coverage": list.coverage.map(\.json) ?? .null, "copies_absent": .optional(absence),
      "others": .array(list.others.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
    ]
  }
}

extension BackupCoverage {
  /// One line for people.
  var text: String {
    guard count > 1, let widestGap else { return "`restore --at` reaches \(first), one moment" }
    let gap = humanDuration(seconds: widestGap.upperBound - widestGap.lowerBound)
    return "`restore --at` reaches from \(first) to \(last): \(count) moments, at most \(gap) apart"
  }
}
