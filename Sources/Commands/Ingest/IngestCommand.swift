import ArgumentParser
import Following
import Market
import Pipeline
import Rendering
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Asks what is due, keeps the answers, stores the facts.
package struct IngestCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "ingest", _superCommandName: Program.name,
    abstract: "Ask what is due, keep the answers, store the facts.",
    discussion: """
      The first run brings the 336 newest hours of each asset and 30 days of sentiment and fund flows; later ones \
      bring what is new, read the last 48 hours again so that corrections are seen, and fill holes. What is not due is \
      not asked. Running it twice changes nothing.

      EXAMPLES
        appliance ingest
        appliance ingest --since 2017-08-17               every hour since, without asking again for what is there
        appliance ingest --only prices --asset BTC,ETH
        appliance ingest --asset IBM,AAPL --interval 5m --source alphavantage --add
        appliance ingest --dry-run                        what would be asked
        appliance ingest --force                          look for corrections now, due or not
        appliance ingest --replay demo --home demo        invented data, to look around
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these steps: \(StepName.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"),
    completion: .list(StepName.allCases.map(\.rawValue)))
  var only: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("All steps but these.", valueName: "name"),
    completion: .list(StepName.allCases.map(\.rawValue)))
  var skip: [String] = []

  @OptionGroup var narrowing: IngestNarrowing

  @Option(name: .long, help: ArgumentHelp("Backfill from this day, instant or age (90d).", valueName: "day"))
  var since: Moment?

  @Option(name: .long, help: ArgumentHelp("Backfill up to this day or instant.", valueName: "day"))
  var until: Moment?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take recorded answers from a folder or archive, or `demo`, instead of asking.", valueName: "capture"))
  var replay: String?

  @Flag(name: .long, help: "Ask nobody; read and derive what was kept.")
  var offline = false

  @Flag(name: .long, help: "Print what would be asked; change nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Ask also for what is not due, so that corrections are seen now.")
  var force = false

  @Flag(name: .long, help: "Make no backup at the end.")
  var noBackup = false

  @Flag(name: .long, help: "Ask only for what did not end well the last time.")
  var retryFailed = false

  @OptionGroup var global: GlobalOptions

  /// Refuses `--replay` together with flags that make a plan of their own.
  package func validate() throws {
    if replay != nil, offline || dryRun || force || since != nil || until != nil || retryFailed {
      throw ValidationError(
        "--replay takes its plan from the capture; leave --offline, --dry-run, --force, --since, --until and "
          + "--retry-failed away"
      )
    }
    if narrowing.add, dryRun || replay != nil { throw ValidationError("--add: this run adds nothing; leave it away") }
  }

  /// Asks the providers and stores what they say, or with `--dry-run` only says what would be asked.
  package func run() async throws {
    let context = try CommandContext(global)
    var options = try runOptions(context)
    let additions = try narrowing.apply(to: &options, context, isRehearsal: dryRun)
    if dryRun { return try DryRun(context: context, options: options).print() }
    try await IngestRun(
      context: context, options: options, decisions: additions.map(CatalogueDecision.addSeries), replay: replay
    ).perform()
  }

  private func runOptions(_ context: CommandContext) throws -> RunOptions {
    var options = RunOptions()
    options.only = only.isEmpty ? nil : Set(try steps(only, "--only"))
    options.skip = Set(try steps(skip, "--skip"))
    if noBackup { options.skip.insert(.backup) }
    options.since = since?.first(at: context.clock.now)
    options.until = until?.last(at: context.clock.now)
    options.addedDays = try context.defaultDays()
    options.isOffline = offline
    options.isForced = force
    options.retriesFailed = retryFailed
    options.keepsFeedBodies = try context.keepsFeedBodies()
    if let first = options.since, first > context.clock.now {
      throw Failure(.usage, "--since \(first) lies in the future; it is \(context.clock.now) now")
    }
    if let first = options.since, let last = options.until {
      _ = try ordered(first, last, flags: ("--since", "--until"))
    }
    return options
  }

  private func steps(_ names: [String], _ flag: String) throws -> [StepName] {
    try split(names, flag: flag).map { name in
      guard let step = StepName(rawValue: name) else {
        let all = StepName.allCases.map(\.rawValue).joined(separator: ", ")
        let meant = meantText(name, among: StepName.allCases.map(\.rawValue))
        throw Failure(.usage, "\(flag): there is no step '\(shown(name))'\(meant); the steps are \(all)")
      }
      return step
    }
  }
}
