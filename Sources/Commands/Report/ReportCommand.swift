import ArgumentParser
import Formats
import Market
import Rendering
import Reports

/// Puts a day into words and figures.
package struct ReportCommand: AsyncParsableCommand {
  /// Its name, help and one subcommand for each kind of report.
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Put a day into words and figures.", subcommands: [DailyReportCommand.self])

  /// Empty; the parser fills it in.
  package init() {}
}

struct DailyReportCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case md, json }

  static let configuration = CommandConfiguration(
    commandName: "daily",
    abstract: "The day of every asset: prices, day parts, sentiment, fund flows, and what is missing.",
    discussion: """
      The same facts give the same text; on a terminal it is folded to its width. Without --date it is about the newest day that has prices. Of more than twelve assets it tells the classes and what moved most; --all tells each.

      EXAMPLES
        appliance report daily
        appliance report daily --date 2025-09-18 -o daily.md
        appliance report daily --date yesterday --asset BTC
        appliance report daily --format json | jq .
        appliance report daily --date 2025-09-18 --as-of 2025-09-19     as it was known at the end of the 19th
      """)

  @Option(name: .long, help: ArgumentHelp("The UTC day, such as 2025-09-18 or yesterday.", valueName: "day"))
  var date: Moment?

  @Option(
    name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Flag(name: .long, help: "A section for each asset, however many there are.")
  var all = false

  @Option(name: .long, help: "md or json.")
  var format: Format?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    let target = try ReportTarget(output, format: format, json: global.json)
    let store = try context.reader(past)
    let now = try context.now(of: store)
    let report: DailyReport
    do {
      report = try DailyReport(
        of: date.map { $0.first(at: now).day }, assets: try store.symbols(asset), isWhole: all, from: store)
    } catch let error as ReportError {
      throw Failure(.failed, error.description)
    }
    let text = target.asJSON ? report.json().pretty : report.markdown()
    guard let path = target.path else {
      let width = Console.outputIsTerminal && !target.asJSON ? Console.width() : nil
      return try Console.output(width.map { fittedMarkdown(text, to: $0, minor: DailyReport.minorColumns) } ?? text)
    }
    try WholeFile.write(Array(text.utf8), to: path)
    context.console.say("wrote \(path)")
  }
}
