import ArgumentParser
import Commands
import Market
import Rendering
import Reports

struct StartOfDayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sod",
    abstract: "The start of a day: what is missing, what happened, what opens, prices to watch.",
    discussion: """
      EXAMPLES
        appliance report sod
        appliance report sod --date today -o morning.html
      """)

  @Option(name: .long, help: ArgumentHelp("The UTC day that starts, such as 2025-09-18 or today.", valueName: "day"))
  var date: [Moment] = []

  @OptionGroup var prices: AdjustArguments
  @OptionGroup var target: ReportArguments
  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try ReportRequest(target: target, date: date, past: past, global: global).write(minor: ["Stands", "Assets"]) {
      try StartOfDayReport(of: $0, adjustment: prices.adjust, from: $1)
    }
  }
}
