import Foundation
import Market

extension MarketFiles {
  /// Whether the tz database has a place of that name; `UTC` is one.
  package static func isPlace(_ name: String) -> Bool { LocalClock(name) != nil }

  /// Places whose own name is that of the one given, for somebody who wrote `New_York` or `Mars/New York`; at most five.
  package static func places(like name: String) -> [String] {
    func plain(_ text: some StringProtocol) -> String { text.lowercased().filter(\.isLetter) }
    guard let wanted = name.split(separator: "/").last.map(plain), !wanted.isEmpty else { return [] }
    let alike = TimeZone.knownTimeZoneIdentifiers.filter { known in
      isPlace(known) && known.split(separator: "/").last.map(plain) == wanted
    }
    return Array(alike.sorted().prefix(5))
  }
}
