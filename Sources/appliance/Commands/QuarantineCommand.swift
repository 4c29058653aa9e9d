import ArgumentParser
import Market
import Pipeline
import Providers
import Rendering
import Reports
import Store
import seeds

struct QuarantineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Rows that were refused, rows that are odd, and what you decide about them.",
    discussion: """
      A row that cannot be is refused, and never stops the good ones beside it. A row that is merely odd is stored and \
      marked (list --flags).

      EXAMPLES
        appliance quarantine list
        appliance quarantine show 3          the row as it was sent, and the answer that held it
        appliance quarantine release 3       it is right after all: store it
        appliance quarantine drop 3 4        it is nothing: stop showing it
      """,
    subcommands: [
      QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineReleaseCommand.self,
      QuarantineDropCommand.self,
    ])
}

extension RefusalReason: ExpressibleByArgument {}
extension FlagRule: ExpressibleByArgument {}

struct QuarantineListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The rows that were refused and that nobody has decided about.",
    discussion: """
      EXAMPLES
        appliance quarantine list --asset BTC --reason impossible_range
        appliance quarantine list --all      those that were released or dropped too
        appliance quarantine list --flags    rows that are stored although something about them is odd
      """)

  @Option(name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"))
  var asset: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only rows refused for this.", valueName: "reason"))
  var reason: RefusalReason?

  @Flag(name: .long, help: "Also rows that were decided about.")
  var all = false

  @Flag(name: .long, help: "Stored rows that are marked, in place of refused ones.")
  var flags = false

  @Option(name: .long, help: ArgumentHelp("Only rows marked by this rule; with --flags.", valueName: "rule"))
  var rule: FlagRule?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if flags, all || reason != nil { throw ValidationError("--all and --reason are about refused rows, not --flags.") }
    if !flags, rule != nil { throw ValidationError("--rule goes with --flags.") }
  }

  func run() throws {
    let session = try Session(global)
    let store = try session.reader()
    let assets = try store.symbols(asset) ?? []
    try session.sayRemark(on: store)
    if flags {
      try print(try store.flaggedRows(assets: assets, rule: rule), session)
    } else {
      let rows = try store.quarantinedRows(
        assets: assets, reason: reason, states: all ? Set(QuarantinedRow.State.allCases) : [.held])
      try print(rows, session)
    }
  }

  private func print(_ rows: [QuarantinedRow], _ session: Session) throws {
    if global.json { return try Console.output(["version": 1, "rows": .array(rows.map(\.json))]) }
    if rows.isEmpty { return session.console.say(all ? "nothing was ever refused" : "no refused row waits for you") }
    let table = RowFormat.table.encoder(table: "quarantine", width: Console.width(), style: session.console.style)
    var columns = [
      Column("id", .integer), Column("asset", .text), Column("source", .text), Column("at", .text),
      Column("reason", .text), Column("detail", .text),
    ]
    if all { columns.append(Column("state", .text)) }
    table.begin(columns)
    for row in rows {
      table.integer(row.id.rawValue)
      table.text(row.asset ?? "")
      table.text("\(row.series.provider)")
      table.text(row.at?.description ?? "")
      table.text(row.reason?.rawValue ?? "")
      table.text(row.detail)
      if all { table.text(row.state.rawValue) }
      table.endRow()
    }
    table.finish()
    try Console.output(table.output.text)
  }

  private func print(_ rows: [FlaggedRow], _ session: Session) throws {
    if global.json { return try Console.output(["version": 1, "flags": .array(rows.map(\.json))]) }
    if rows.isEmpty { return session.console.say("no stored row is marked") }
    let table = RowFormat.table.encoder(table: "flag", width: Console.width(), style: session.console.style)
    table.begin(["asset", "source", "at", "rule", "detail"].map { Column($0, .text) })
    for row in rows {
      table.text(row.asset ?? "")
      table.text("\(row.series.provider)")
      table.text(row.at.description)
      table.text(row.rule.rawValue)
      table.text(row.detail)
      table.endRow()
    }
    table.finish()
    try Console.output(table.output.text)
  }
}

struct QuarantineShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One refused row as it was sent, why it was refused, and the answer that held it.")

  @Argument(help: ArgumentHelp("Its number, as `quarantine list` shows it.", valueName: "id"))
  var id: Int64

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = try Session(global)
    let store = try session.reader()
    let id = QuarantineID(id)
    guard let (row, asked) = try store.quarantinedRow(id) else {
      throw Failure(.failed, "\(DecisionError.unknown(id))")
    }
    let file = try store.importedFile(row.fetch)
    try session.sayRemark(on: store)
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
    try Console.output((lines + origin).map { "\($0.0.padded(to: 8)) \($0.1)\n" }.joined())
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

  fileprivate func json(line: Int?) -> JSONValue {
    [
      "name": .string(name), "path": .optional(path), "line": .optional(line.map(Int64.init)),
      "imported_at": .string(receivedAt.description),
    ]
  }
}

struct QuarantineReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Store refused rows, since they are right.",
    discussion: """
      Each is read again from the answer that held it. The decision is kept: the same row in a later answer is believed, \
      and a rebuild does it again. A row that cannot be stored (its high below its low) stays refused, exit 1.

      EXAMPLES
        appliance quarantine release 3
      """)

  @Argument(help: ArgumentHelp("The numbers, as `quarantine list` shows them.", valueName: "id"))
  var ids: [Int64]

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try Session(global)
    _ = try session.reader()
    let ids = ids.map(QuarantineID.init)
    let outcomes = try await blocking { try release(ids, session) }
    if global.json {
      try Console.output([
        "version": 1, "outcome": .string(outcomes.contains { $0.error != nil } ? "failed" : "done"),
        "rows": .array(outcomes.map { ["id": .integer($0.id.rawValue), "error": .optional($0.error)] }),
      ])
    } else {
      for outcome in outcomes {
        if let error = outcome.error {
          Console.error("appliance: \(error)")
        } else {
          try Console.output("row \(outcome.id.rawValue) is stored\n")
        }
      }
    }
    let failed = outcomes.count { $0.error != nil }
    if failed > 0 { throw Failure(failed == outcomes.count ? .failed : .partly) }
  }
}

/// What became of one row that was to be released.
private struct ReleaseOutcome: Sendable {
  let id: QuarantineID
  let error: String?
}

/// Releases row by row, then computes what follows from them.
private func release(_ ids: [QuarantineID], _ session: Session) throws -> [ReleaseOutcome] {
  let store = try session.writer(command: "quarantine release")
  defer { store.close() }
  let now = try session.clock(of: store).now
  let release = QuarantineRelease(
    providers: session.providers, opener: MarketFiles(funds: Universe.catalogue.funds))
  let outcomes = try ids.map { id in
    do {
      _ = try release.release(id, in: store, at: now)
      return ReleaseOutcome(id: id, error: nil)
    } catch let error as DecisionError {
      return ReleaseOutcome(id: id, error: error.description)
    }
  }
  try release.deriveSnapshots(in: store, at: now)
  _ = try writeSummaries(in: store, now: now)
  return outcomes
}

struct QuarantineDropCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Set refused rows aside for good.",
    discussion: """
      They are listed no more (--all shows them) and no report mentions them. Nothing is deleted: the answer that held \
      them is kept. All of the rows are set aside, or none where one cannot be.

      EXAMPLES
        appliance quarantine drop 3 4
      """)

  @Argument(help: ArgumentHelp("The numbers, as `quarantine list` shows them.", valueName: "id"))
  var ids: [Int64]

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try Session(global)
    _ = try session.reader()
    let ids = ids.map(QuarantineID.init)
    try await blocking {
      let store = try session.writer(command: "quarantine drop")
      defer { store.close() }
      do {
        try store.drop(ids, at: try session.clock(of: store).now)
      } catch let error as DecisionError {
        throw Failure(.failed, error.description)
      }
    }
    if global.json {
      return try Console.output([
        "version": 1, "outcome": "done", "rows": .array(ids.map { ["id": .integer($0.rawValue), "error": .null] }),
      ])
    }
    for id in ids { try Console.output("row \(id.rawValue) is set aside\n") }
  }
}

extension QuarantinedRow {
  fileprivate var json: JSONValue {
    [
      "id": .integer(id.rawValue), "asset": .optional(asset), "source": .string("\(series.provider)"),
      "dataset": .string(series.dataset.rawValue), "symbol": .string(series.providerSymbol),
      "interval": .string(series.interval.rawValue), "at": .optional(at?.description),
      "reason": .optional(reason?.rawValue), "detail": .string(detail), "state": .string(state.rawValue),
      "decided_at": .optional(decidedAt?.description), "fetch_id": .integer(fetch.rawValue),
    ]
  }
}

extension FlaggedRow {
  fileprivate var json: JSONValue {
    [
      "asset": .optional(asset), "source": .string("\(series.provider)"), "symbol": .string(series.providerSymbol),
      "interval": .string(series.interval.rawValue), "at": .string(at.description), "rule": .string(rule.rawValue),
      "detail": .string(detail), "fetch_id": .integer(fetch.rawValue),
    ]
  }
}

extension AskedAnswer {
  fileprivate var json: JSONValue {
    [
      "fetch_id": .integer(fetch.rawValue), "run": .integer(run.rawValue), "method": .string(method),
      "url": .string(url), "asked_at": .string(askedAt.description), "received_at": .string(receivedAt.description),
      // A file that was imported was not asked for.
      "status": .optional(method == "IMPORT" ? nil : status.map(Int64.init)), "size": .optional(size.map(Int64.init)),
    ]
  }
}
