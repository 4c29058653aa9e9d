import Formats
import Market

/// A name over times that says whose clock they show: `Local time`, `Date (EST)`, `Time UTC+8`.
struct LocalHeader {
  private let names: [String]

  init(_ plan: ColumnPlan, _ header: [String]) {
    names = [plan[.time], plan[.clock]].compactMap { $0 }.filter { $0 < header.count }.map { header[$0] }
  }

  /// - Throws: what is asked where the cells themselves do not say how far from UTC they are.
  func check() throws(FileRefusal) {
    for name in names {
      guard let place = LocalHeader.place(name) else { continue }
      throw FileRefusal(
        "its column '\(Excerpt.of(name, limit: 40))' is of a clock of its own, and its cells bear no offset from UTC",
        hint: "Say whose clock it is: --time-zone \(place)")
    }
  }

  /// Where such a clock may hang; `nil` for a name that says nothing of it.
  private static func place(_ name: String) -> String? {
    if HeaderWords.plain(name).contains("local") { return "America/New_York or --time-zone UTC" }
    let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "-" }.map { $0.uppercased() }
    for word in words {
      if let place = places[word] { return place }
      if word.hasPrefix("UTC") || word.hasPrefix("GMT"), let hours = Int(word.dropFirst(3)), hours != 0, abs(hours) < 15
      {
        // The names of these places count westwards.
        return "Etc/GMT\(hours > 0 ? "-" : "+")\(abs(hours))"
      }
    }
    return nil
  }

  private static let places = [
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York", "CST": "America/Chicago",
    "CDT": "America/Chicago", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "BST": "Europe/London", "EET": "Europe/Athens",
    "MSK": "Europe/Moscow", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "IST": "Asia/Kolkata", "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
  ]
}
