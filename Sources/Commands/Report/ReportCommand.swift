import ArgumentParser
import Formats
import Market
import Reports

/// Puts a day into words and figures.
package struct ReportCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Put a day into words and figures.", subcommands: [DailyReportCommand.self])

  package init() {}
}

struct DailyReportCommand: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case md, json }

  static let configuration = CommandConfiguration(
    commandName: "daily",
    abstract: "The day of every asset: prices, day parts, sentiment, fund flows, and what is missing.",
    discussion: """
      The same facts give the same text. Without --date it is about the newest day that has prices.

      EXAMPLES
        appliance report daily
        appliance report daily --date 2025-09-18 -o daily.md
        appliance report daily --format json | jq .
        appliance report daily --date 2025-09-18 --as-of 2025-09-19     as it was known at the end of the 19th
      """)

  @Option(name: .long, help: ArgumentHelp("The UTC day, such as 2025-09-18.", valueName: "day"))
  var date: Moment?

  @Option(name: .long, help: "md or json.")
  var format: Format?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader(past)
    let report: DailyReport
    do {
      report = try DailyReport(of: date.map { $0.first(at: context.clock.now).day }, from: store)
    } catch let error as ReportError {
      throw Failure(.failed, error.description)
    }
    let asJSON = (format ?? (global.json ? .json : .md)) == .json
    let text = asJSON ? report.json().pretty : report.markdown()
    guard let output, output != "-" else { return try Console.output(text) }
    try WholeFile.write(Array(text.utf8), to: output)
    context.console.say("wrote \(output)")
  }
}
