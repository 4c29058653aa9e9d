import Market
import seeds

extension Universe {
  /// What tests follow that are about something else than the size of the universe: two coins, by the hour.
  package static let twoCoins = catalogue(following: ["BTC:1h", "ETH:1h"]).catalogue
  /// The same as a setting of the program.
  package static let onlyTwoCoins = ["UNIVERSE": "BTC:1h,ETH:1h"]
}
