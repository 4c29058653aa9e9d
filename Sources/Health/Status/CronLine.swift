import Rendering

/// A line for `crontab -e` that keeps a record up to date.
package struct CronLine {
  /// Five minutes past each hour: a bar may be taken as final a minute after its hour, and counts as late after sixteen.
  static let schedule = "5 * * * *"

  let program: String
  let home: String
  let database: String?

  /// - Parameters:
  ///   - program: its path.
  ///   - home: of the record.
  ///   - database: where it does not lie in the home under its usual name.
  package init(program: String, home: String, database: String?) {
    (self.program, self.home, self.database) = (program, home, database)
  }

  /// The line, without its end.
  package var text: String {
    let words = [program, "ingest", "--home", home] + (database.map { ["--db", $0] } ?? []) + ["--quiet"]
    return CronLine.schedule + " " + words.map(CronLine.quoted).joined(separator: " ")
  }

  /// One word for the shell. Cron ends a command at a per cent sign without a backslash, and takes the backslash off.
  static func quoted(_ word: String) -> String { shellWord(word).replacing("%", with: "\\%") }
}
