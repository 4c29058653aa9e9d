import Market
import Providers
import Store

/// Workloads that run inside one process, and what the others need: `bench WORKLOAD ARGUMENT…`.
///
/// `.ci/bench` calls it and compares; every workload prints one JSON object.
@main
struct Bench {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("bodies", 2): try Workload.answers.writeBodies(to: arguments[1])
    case ("csv", 3):
      guard let rows = Int(arguments[2]) else { throw Usage() }
      try BarsText(rows: rows).write(to: arguments[1])
    case ("read", 1): try ReadingWork().run()
    case ("measure", 1): MeasuringWork().run()
    case ("store", 3): try StoringWork(file: arguments[1], bodies: arguments[2], keepsAnswers: false).run()
    case ("keep", 3): try StoringWork(file: arguments[1], bodies: arguments[2], keepsAnswers: true).run()
    case ("fill", 4):
      guard let hours = Int(arguments[2]), let minutes = Int(arguments[3]) else { throw Usage() }
      try await FilledRecord(file: arguments[1], hours: hours, minutes: minutes).make()
    case ("fill", 5):
      guard let hours = Int(arguments[2]), let minutes = Int(arguments[3]), let assets = Int(arguments[4]) else {
        throw Usage()
      }
      try await FilledRecord(file: arguments[1], hours: hours, minutes: minutes, assets: assets).make()
    case ("days", 4):
      guard let days = Int(arguments[2]), let assets = Int(arguments[3]) else { throw Usage() }
      try await DailyRecord(file: arguments[1]).fill(days: days, assets: assets)
    case ("day", 4):
      guard let days = Int(arguments[2]), let assets = Int(arguments[3]) else { throw Usage() }
      try DailyRecord(file: arguments[1]).addDay(after: days, assets: assets)
    case ("derive", 2): try await DailyRecord(file: arguments[1]).derive()
    case ("feeds", 2) where arguments[1] == "read": try FeedWork().read()
    case ("feeds", 3) where arguments[1] == "store": try FeedWork().store(in: arguments[2])
    case ("feeds", 3) where arguments[1] == "fold": try FeedWork().fold(in: arguments[2])
    case ("serve", 2):
      guard let hours = Int(arguments[1]) else { throw Usage() }
      try KlinesServer(hours: hours).serve()
    default: throw Usage()
    }
  }
}

struct Usage: Error, CustomStringConvertible {
  var description: String {
    """
    bench bodies FOLDER | csv FILE ROWS | read | measure | store FILE BODIES | keep FILE BODIES | serve HOURS
      | fill FILE HOURS MINUTES [ASSETS] | days FILE DAYS ASSETS | day FILE DAYS ASSETS | derive FILE
      | feeds read | feeds store FILE | feeds fold FILE
    """
  }
}

/// What a workload did, for the script that called it.
func report(rows: Int, _ elapsed: Duration) {
  let parts = elapsed.components
  print(#"{"rows":\#(rows),"seconds":\#(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)}"#)
}
