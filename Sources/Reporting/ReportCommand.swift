import ArgumentParser

/// Puts a day, a week or an asset into words and figures.
package struct ReportCommand: AsyncParsableCommand {
  /// Its name, help and one subcommand for each kind of report.
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Put a day, a week or an asset into words and figures.",
    subcommands: [
      DailyReportCommand.self, StartOfDayCommand.self, EndOfDayCommand.self, WeeklyReportCommand.self,
      AssetReportCommand.self,
    ])

  /// Empty; the parser fills it in.
  package init() {}
}
