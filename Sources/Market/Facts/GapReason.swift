/// Why something is missing; a closed list, stored as its raw value.
package enum GapReason: String, CaseIterable, Hashable, Sendable {
  case marketClosed = "market_closed"
  case beforeListing = "before_listing"
  case afterDelisting = "after_delisting"
  /// The provider answered, and this was not in the answer.
  case providerEmpty = "provider_empty"
  /// The provider sent it and it was not believed.
  case refused
  /// The answer did not come or could not be read.
  case failed
  case notAsked = "not_asked"

  /// Whether asking again is pointless: the absence is proven.
  package var isProven: Bool {
    switch self {
    case .marketClosed, .beforeListing, .afterDelisting, .providerEmpty: true
    case .refused, .failed, .notAsked: false
    }
  }
}
