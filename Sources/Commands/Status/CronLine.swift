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
  static func quoted(_ word: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+=:,@".utf8)
    guard !word.utf8.allSatisfy(plain.contains) else { return word }
    // Over bytes: a quote that bears an accent is still a quote to the shell.
    let bytes = word.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "'"): Array("'\\''".utf8)
      case UInt8(ascii: "%"): Array("\\%".utf8)
      default: [byte]
      }
    }
    return "'\(String(decoding: bytes, as: UTF8.self))'"
  }
}
