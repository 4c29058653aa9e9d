import Market

@testable import Store

extension Store {
  /// The gaps of the series with this key; none where the file knows no such series.
  func gaps(of key: SeriesKey) throws -> [Gap] {
    try series(key).map { try gaps(of: $0.id) } ?? []
  }
}
