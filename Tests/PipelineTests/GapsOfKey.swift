import Market

@testable import Store

extension StoredGaps {
  /// The gaps of the series with this key; none where the file knows no such series.
  func all(of key: SeriesKey) throws -> [Gap] {
    try store.catalogue.series(key).map { try all(of: $0.id) } ?? []
  }
}
