import ArgumentParser
import Commands
import Market
import Rendering
import Reports

struct EndOfDayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eod",
    abstract: "The end of a day: what moved and how broadly, and what stood beside it.",
    discussion: """
      EXAMPLES
        appliance report eod
        appliance report eod --date yesterday -o evening.html
      """)

  @Option(name: .long, help: ArgumentHelp("The UTC day, such as 2025-09-18 or yesterday.", valueName: "day"))
  var date: [Moment] = []

  @OptionGroup var prices: AdjustArguments
  @OptionGroup var target: ReportArguments
  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try ReportRequest(target: target, date: date, past: past, global: global).write(minor: ["Class", "In"]) {
      try EndOfDayReport(of: $0, adjustment: prices.adjust, from: $1)
    }
  }
}
