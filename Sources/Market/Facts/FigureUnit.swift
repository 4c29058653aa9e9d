/// What the figures of a kind are counted in.
package enum FigureUnit: Hashable, Sendable {
  /// The currency that the series is quoted in.
  case quoteCurrency
  /// The same for all series: `USD`.
  case fixed(String)
  case none

  /// The unit of a series by the currency that it is quoted in; `nil` where there is none.
  package func text(in quoteCurrency: String?) -> String? {
    switch self {
    case .quoteCurrency: quoteCurrency
    case .fixed(let unit): unit
    case .none: nil
    }
  }
}
