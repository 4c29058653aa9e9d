import Market

/// What people should know of prices that were restated.
package enum RestatementText {
  /// What could not be heeded and of what nothing is known, a sentence each; empty where all could be done.
  ///
  /// - Parameters:
  ///   - unheeded: the days of money that was left out, by asset.
  ///   - unknown: assets that may have had splits or dividends of which none are known.
  package static func remarks(unheeded: [String: [Day]], unknown: [String]) -> [String] {
    let left = unheeded.sorted { $0.key < $1.key }.compactMap { asset, days in
      days.min().map { first in
        "\(asset): money is left out that no close can be held against, of \(first)"
          + (days.count > 1 ? " and \(days.count - 1) more" : "")
      }
    }
    guard !unknown.isEmpty else { return left }
    return left + ["no splits or dividends are known of \(unknown.joined(separator: ", ")): prices there are as stored"]
  }
}
