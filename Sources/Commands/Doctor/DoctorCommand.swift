import ArgumentParser
import Formats
import Health
import Market
import Rendering
import Store

/// Checks the place, the file, the keys, the network and the clock.
package struct DoctorCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it, with its exit codes.
  package static let configuration = CommandConfiguration(
    commandName: "doctor", _superCommandName: Program.name,
    abstract: "Check the place, the file, the keys, the network and the clock.",
    discussion: """
      Reads the whole file and asks each provider one small question; changes nothing. Exit 0 if there is no problem, \
      1 if there is one, 7 if the file is damaged, 10 if there is none.

      EXAMPLES
        appliance doctor
        appliance doctor --offline
        appliance doctor --model
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Flag(name: .long, help: "Ask nobody.")
  var offline = false

  @Flag(name: .long, help: "Ask the language model one small question too; it may cost a little.")
  var model = false

  @OptionGroup var global: GlobalOptions

  /// Prints each finding when it is made, and ends with the exit code of the worst one.
  package func run() async throws {
    let context = try CommandContext(global)
    let printer = Printer(context: context)
    var findings: [Finding] = []
    func add(_ more: [Finding]) throws {
      let more = more.map { $0.worded { TypedHints.applied(to: $0) } }
      try printer.show(more)
      findings += more
    }
    try add([program(context)])
    let home = context.settings.home
    try add(PlaceChecks(home: home.path, origin: home.origin, database: context.databasePath).findings)
    let backups = { try context.backups(at: context.clock) }
    try add(
      DatabaseChecks(
        path: context.databasePath, clock: context.clock, closedBackups: context.closedBackups(at: context.clock),
        backups: backups
      ).findings)
    try add(passphrase(context))
    try add(KeyChecks(context.keySettings).findings)
    let (providers, leads) = offline ? ([], []) : await ask(context)
    try add(providers)
    if model, !offline { try add([await context.modelFinding()]) }
    // The clock comes last: what time it really is only the providers know.
    try add([ClockCheck(clock: context.clock, lastRun: lastRun(context), leads: leads).finding])
    try printer.finish(findings)
    if findings.worst != nil { throw Failure(ExitStatus(findings)) }
  }

  private func program(_ context: CommandContext) -> Finding {
    let versions = [context.wiring.shortVersion] + Program.libraries.map(DoctorCommand.firstWords)
    return .ok("program", versions.joined(separator: ", "))
  }

  /// Nothing where backups are not encrypted by a passphrase that stands in the settings.
  private func passphrase(_ context: CommandContext) -> [Finding] {
    do {
      guard let weakness = try context.passphrase()?.weakness else { return [] }
      return [.warning("passphrase", weakness, "old archives keep the one that they were made with")]
    } catch {
      return [.problem("passphrase", "\(error)", nil)]
    }
  }

  /// A library's name and version, without those of everything inside it: of `libcurl/8.5 OpenSSL/3`, the first word.
  private static func firstWords(_ version: String) -> String {
    let words = version.split(separator: " ")
    return words.prefix(words.first?.contains("/") == true ? 1 : 2).joined(separator: " ")
  }

  private func ask(_ context: CommandContext) async -> ([Finding], [Int64]) {
    let network: any Network
    do {
      // Without the file nothing is known of quotas, and a probe costs next to nothing of one.
      network = try context.network(quotas: (try? context.reader().runs.quotas()) ?? [])
    } catch let failure as Failure {
      return ([.problem("providers", failure.message, "`appliance config show` tells where it is set")], [])
    } catch {
      return ([.problem("providers", "\(error)", nil)], [])
    }
    defer { network.shutDown() }
    let probes = await ProviderChecks(context.profiles, over: network).probes()
    let sessions = SessionCheck(Calendar.nyse.noting(closures(context))).findings(of: probes)
    return (ProviderChecks.findings(of: probes) + sessions, probes.compactMap(\.clockLead))
  }

  /// What the file has noted of the markets' days; nothing where there is no file to ask.
  private func closures(_ context: CommandContext) -> Closures {
    Closures((try? context.reader().following.closures())?.map(\.closure) ?? [])
  }

  /// `nil` where there is no file to ask; what is wrong with the file another check has told.
  private func lastRun(_ context: CommandContext) -> Instant? {
    guard let store = try? context.reader(), (try? store.origin()) == .live else { return nil }
    return (try? store.runs.lastRun())?.run.startedAt
  }
}

/// Shows findings as they come, or as one object at the end.
private struct Printer: Sendable {
  let context: CommandContext

  func show(_ findings: [Finding]) throws(FileError) {
    guard !context.options.json else { return }
    let shown = context.options.quiet ? findings.filter { $0.state != .ok } : findings
    try Console.output(shown.map { $0.lines(context.console.style) }.joined())
  }

  func finish(_ findings: [Finding]) throws(FileError) {
    let warnings = findings.count(.warning)
    let problems = findings.count(.problem)
    if context.options.json {
      let outcome = problems > 0 ? Finding.State.problem : warnings > 0 ? .warning : .ok
      try Console.output([
        "version": 1, "outcome": .string(outcome.rawValue), "exit": .integer(Int64(ExitStatus(findings).rawValue)),
        "checks": .array(findings.map(\.json)),
      ])
    } else if !context.options.quiet {
      try Console.output("\n\(Printer.count(problems, "problem")), \(Printer.count(warnings, "warning"))\n")
    }
  }

  private static func count(_ count: Int, _ word: String) -> String {
    count == 0 ? "no \(word)" : count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }
}
