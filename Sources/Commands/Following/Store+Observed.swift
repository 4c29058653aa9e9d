import Market
import Store

extension Store {
  /// The ids of the economic series in the file, in order.
  func observedIDs() throws -> [String] {
    Set(try catalogue.series().filter { $0.key.dataset == .macroObservation }.map(\.key.providerSymbol)).sorted()
  }

  /// The ids that were named, in whatever letter case; `nil` where one of them is none.
  func observed(_ names: [String]) throws -> [String]? {
    let known = try observedIDs()
    let found = names.compactMap { name in
      known.first { $0 == name } ?? known.first { $0.uppercased() == name.uppercased() }
    }
    return !names.isEmpty && found.count == names.count ? found : nil
  }
}
