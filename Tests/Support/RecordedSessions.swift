import Foundation

/// What exchange_calendars knows of New York's sessions: `Calendars/nyse_sessions.txt`, whose script lies beside it.
public struct RecordedSessions {
  /// A run of sessions on neighbouring weekdays that open and close at the same times of UTC.
  public struct Run: Sendable {
    /// `1990-01-02`
    public let first: String
    /// How many sessions; Monday follows Friday.
    public let count: Int
    /// `14:30`
    public let open: String
    /// `21:00`
    public let close: String
  }

  /// In order. Throws where the file cannot be read.
  public static func runs() throws -> [Run] {
    let path = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Calendars/nyse_sessions.txt"
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .compactMap { line in
        let fields = line.split(separator: " ").map(String.init)
        guard fields.count == 4, let count = Int(fields[1]) else { return nil }
        return Run(first: fields[0], count: count, open: fields[2], close: fields[3])
      }
  }
}
