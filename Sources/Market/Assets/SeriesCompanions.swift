extension SeriesKey {
  /// The series that are filled by the answers to this one, besides it: the file must know them too. The one place that
  /// says whose answers tell more than bars.
  package var companions: [SeriesKey] {
    guard dataset == .bar else { return [] }
    switch provider {
    case "polygon": return [told(.barTrade)]
    case "yahoo" where interval == .day1: return [told(.corporateAction)]
    default: return []
    }
  }

  private func told(_ dataset: Dataset) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: provider, providerSymbol: providerSymbol, interval: interval)
  }
}
