import Analysis
import ArgumentParser
import Commands
import Inspection
import Markets
import Queries
import Reporting
import Watchlist
import Writing

/// The program: its name, what it is for, and the commands it has.
@main
struct Appliance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Program.name,
    abstract: "Your own record of the markets, in one SQLite file.",
    discussion: """
      Asks public providers for prices, sentiment and fund flows, keeps every answer, stores the facts once however \
      often it runs, and hands them out as tables, exports and reports.

      EXAMPLES
        appliance ingest                     bring the record up to date (makes the file at first)
        appliance status                     what is there, what is late, what to do next
        appliance show BTC --last 24h        the hourly prices of a day
        appliance export all -o out          everything as CSV
        appliance report daily               yesterday and today in words and figures

      Every command takes --home DIR, --db FILE, --json, --quiet, -v and --no-color.
      """,
    // Asking libraries for their versions loads them, so only whoever wants to know waits for it.
    version: Program.arguments.contains("--version") ? RealRooms().fullVersion : RealRooms().version,
    subcommands: [
      IngestCommand.self, ImportCommand.self, StatusCommand.self, ShowCommand.self, ExportCommand.self,
      QueryCommand.self, ReportCommand.self, SummarizeCommand.self, VerifyCommand.self, MetricsCommand.self,
      WhyCommand.self, ChangesCommand.self, GapsCommand.self, QualityCommand.self, AssetCommand.self,
      SeriesCommand.self, SourceCommand.self, FeedCommand.self, NewsCommand.self, EventsCommand.self, QuoteCommand.self,
      CompareCommand.self, CalendarCommand.self,
      MarketCommand.self, QuarantineCommand.self, RebuildCommand.self, BackupCommand.self, VaultCommand.self,
      PruneCommand.self, DoctorCommand.self,
      ConfigCommand.self, CompletionsCommand.self,
    ])

  static func main() async {
    ProcessSetup.prepare()
    if Program.arguments.dropFirst().elementsEqual([QueryProcess.argument]) { return QueryProcess.serve() }
    Program.use(RealRooms())
    let arguments = GlobalOptions.movedBehindCommand(Array(Program.arguments.dropFirst()))
    do {
      // On this thread as far as it goes: making the pool of threads that `await` needs takes as long as many an answer.
      if let text = AskedCommand.answer(to: arguments) { Exit.now(after: text, arguments) }
      var command = try AskedCommand.parse(arguments)
      try ProcessSetup.checkAddressSpace()
      try ProcessSetup.checkOpenFiles()
      if let status = command as? StatusCommand, try status.runAtOnce() { Exit.now(.done) }
      try ProcessSetup.checkProcessTable()
      ProcessSetup.prepareArchives()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      Exit.now(.done)
    } catch {
      Exit.now(error, arguments, of: Appliance.self)
    }
  }
}
