import ArgumentParser
import Commands
import Health
import Market
import Rendering
import SQLite
import Store

struct QuarantineShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One refused row as it was sent, why it was refused, and the answer that held it.")

  @Argument(help: ArgumentHelp("Its number, as `quarantine list` shows it.", valueName: "id"))
  var id: Int64

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let id = QuarantineID(id)
    guard let (row, asked) = try store.judgement.quarantinedRow(id) else {
      throw Failure(.failed, "\(DecisionError.unknown(id))")
    }
    let file = try store.imports.file(row.fetch)
    try context.sayRemark(on: store)
    if global.json {
      let members: [(String, JSONValue)] = [
        ("version", 1), ("row", row.json), ("fetch", asked.json), ("excerpt", .string(row.excerpt)),
      ]
      return try Console.output(.object(members + (file.map { [("file", $0.json(line: row.line))] } ?? [])))
    }
    let decided = row.decidedAt.map { ", \($0)" } ?? ""
    let lines = [
      ("row", "\(row.id.rawValue), \(row.state.rawValue)\(decided)"),
      ("series", "\(row.asset.map { "\($0), " } ?? "")\(row.series)"),
      ("at", row.at?.description ?? "unreadable"),
      ("reason", row.reason?.rawValue ?? "unknown"),
      ("detail", row.detail),
      ("sent as", row.excerpt),
      ("fetch", "\(asked.fetch.rawValue), of run \(asked.run.rawValue)"),
    ]
    let origin = file.map { [("file", $0.words(line: row.line))] } ?? QuarantineShowCommand.answer(asked)
    try Console.output((lines + origin).map { "\($0.0.padded(to: 8)) \(Console.shown($0.1))\n" }.joined())
  }
}

extension QuarantineShowCommand {
  private static func answer(_ asked: AskedAnswer) -> [(String, String)] {
    let status = asked.status.map { "HTTP \($0)" } ?? "no answer"
    let size = asked.size.map { "\(groupedText(Int64($0))) bytes" } ?? "no bytes"
    return [
      ("asked", "\(asked.method) \(asked.url) at \(asked.askedAt)"),
      ("answer", "\(status), \(size), received \(asked.receivedAt)"),
    ]
  }
}

extension QuarantinedRow {
  /// The line of a file that held it, where its reader said so.
  fileprivate var line: Int? {
    guard detail.hasPrefix("line ") else { return nil }
    return Int(detail.dropFirst(5).prefix { $0.isNumber })
  }
}

extension KeptImport {
  /// `hours.csv, line 33, imported at 2025-09-19T22:30:00Z, kept in the vault`
  fileprivate func words(line: Int?) -> String {
    let place = path.map { "kept by reference: \($0)" } ?? "kept in the vault"
    return shown(name) + (line.map { ", line \($0)" } ?? "") + ", imported at \(receivedAt), \(shown(place))"
  }
}
