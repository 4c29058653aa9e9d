import ArgumentParser
import Health
import Rendering
import Store

/// Says what is there, what is late, what to do next.
package struct StatusCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "status", _superCommandName: Program.name,
    abstract: "What is there, what is late, what to do next.",
    discussion: """
      One screen, however many series there are: what was due and is there, what is late, the last run and its \
      failures, quota, sizes, the last proven backup, and a line for cron. A bar is late a quarter of an hour after it \
      was due. Nothing is counted or changed.

      EXAMPLES
        appliance status
        appliance status BTC                 the series of one asset
        appliance status --all               each series: first, newest, rows, gaps
        appliance status --gate --quiet      only the exit code: 6 if something is late, the last run failed, or a gate of quality
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("Only the series of these assets, each by itself.", valueName: "asset"),
    completion: .custom(NameCompletion.assets))
  var assets: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Only the series of the assets of this group.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Flag(name: .long, help: "List each series.")
  var all = false

  @Flag(name: .long, help: "Exit with 6 if something is late, the last run failed, or a gate of quality did.")
  var gate = false

  @Flag(name: .long, help: "Show it anew every five seconds, until Ctrl-C.")
  var watch = false

  @OptionGroup var global: GlobalOptions

  /// Refuses `--watch` together with flags for programs.
  package func validate() throws {
    if watch, global.json || gate { throw ValidationError("--watch is for looking at; leave --json and --gate away") }
  }

  /// Does what is asked, also what has to wait.
  package func run() async throws {
    if try !runAtOnce() { try await keepShowing(try CommandContext(global)) }
  }

  /// Does all that is asked on the calling thread, and returns `true`; or nothing, where it has to wait: that is `run()`.
  package func runAtOnce() throws -> Bool {
    if watch { return false }
    let context = try CommandContext(global)
    let store = try context.reader()
    // The end of the process closes the file faster than we would: that takes another thread.
    _ = Unmanaged.passRetained(store)
    let report = try report(of: store, context)
    if global.json {
      try Console.output(report.json(isFull: isFull))
    } else if !(gate && global.quiet) {
      try Console.output(screen(of: report, context).text)
    }
    guard gate, !report.gateReasons.isEmpty else { return true }
    // With --json the object has said it.
    throw Failure(.gate, global.json ? "" : report.gateReasons.joined(separator: "; "))
  }

  private var isFull: Bool { all || !assets.isEmpty || !group.isEmpty }

  private func report(of store: Store, _ context: CommandContext) throws -> StatusReport {
    let report = try context.statusReport(of: store)
    guard let symbols = try store.symbols(assets, groups: group, flag: "status") else { return report }
    return report.narrowed(to: symbols)
  }

  private func screen(of report: StatusReport, _ context: CommandContext) -> StatusScreen {
    StatusScreen(report: report, isFull: isFull, width: Console.width(), style: context.console.style)
  }

  private func keepShowing(_ context: CommandContext) async throws {
    guard Console.outputIsTerminal else { throw Failure(.usage, "--watch needs a terminal to show things on") }
    do {
      try await Interruption.cancelling {
        while true {
          let text = screen(of: try report(of: try context.reader(), context), context).text
          try Console.draw(onOutput: "\u{1B}[H\u{1B}[2J\(text)")
          try await context.clock.sleep(for: .seconds(5))
        }
      }
    } catch is CancellationError {
      throw Failure(.interrupted)
    }
  }
}
