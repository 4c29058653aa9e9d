import ArgumentParser
import Commands
import Market
import Rendering
import Reports

struct WeeklyReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weekly",
    abstract: "A week, Monday to Sunday: what moved, what moved together, portfolios by rule, what is missing.",
    discussion: """
      Without --date it is about the newest week that is over. The portfolios are those that the first run after the week made; they are no advice.

      EXAMPLES
        appliance report weekly
        appliance report weekly --date 2025-09-18 -o week.html
      """)

  @Option(name: .long, help: ArgumentHelp("A UTC day of the week, such as 2025-09-18.", valueName: "day"))
  var date: [Moment] = []

  @OptionGroup var prices: AdjustArguments
  @OptionGroup var target: ReportArguments
  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try ReportRequest(target: target, date: date, past: past, global: global).write(minor: ["Class", "In"]) {
      try WeeklyReport(of: $0, adjustment: prices.adjust, from: $1)
    }
  }
}
