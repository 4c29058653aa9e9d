import Market

extension StoredSeries {
  /// When the facts of the series come.
  ///
  /// - Parameter safety: of its provider, in seconds after the close of a bar.
  package func rhythm(safety: Int64 = Rhythm.usualSafety) -> Rhythm {
    key.rhythm(of: assetClass, calendar: calendar, closures: closures, safety: safety, publication: publication)
  }
}
