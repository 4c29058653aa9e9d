import Market
import Store

/// In which order groups are begun: coins first, as their hours pass quickest; then what is furthest behind; then by name.
struct Urgency: Comparable {
  private let isOfCoins: Bool
  private let newest: Instant?
  private let asset: String
  private let interval: Int64

  init(of group: SeriesGroup) {
    isOfCoins = group.candidates.contains { $0.assetClass == .crypto }
    newest = group.candidates.compactMap(\.extent?.upperBound).max()
    (asset, interval) = (group.asset ?? "", group.interval.seconds)
  }

  static func < (a: Urgency, b: Urgency) -> Bool {
    if a.isOfCoins != b.isOfCoins { return a.isOfCoins }
    let (first, second) = (a.newest?.epochSeconds ?? .min, b.newest?.epochSeconds ?? .min)
    return (first, a.asset, a.interval) < (second, b.asset, b.interval)
  }
}
