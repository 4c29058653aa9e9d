import Rendering

/// A line for `crontab -e` that keeps a record up to date.
struct CronLine {
  /// Five minutes past each hour: a bar may be taken as final a minute after its hour, and counts as late after sixteen.
  static let schedule = "5 * * * *"

  let program: String
  let home: String
  /// The database, if it does not lie in the home under its usual name.
  let database: String?

  var text: String {
    let words = [program, "ingest", "--home", home] + (database.map { ["--db", $0] } ?? []) + ["--quiet"]
    return CronLine.schedule + " " + words.map(CronLine.quoted).joined(separator: " ")
  }

  /// One word for the shell. Cron ends a command at a per cent sign without a backslash, and takes the backslash off.
  static func quoted(_ word: String) -> String { shellWord(word).replacing("%", with: "\\%") }
}
