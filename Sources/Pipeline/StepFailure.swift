import Market

/// Why a request brought no facts, in the terms of a step.
struct StepFailure: Sendable {
  let reason: StepReason
  let detail: String
  /// Whether the remaining requests of the step would fail the same way.
  let endsStep: Bool

  init(reason: StepReason, detail: String, endsStep: Bool) {
    self.reason = reason
    self.detail = detail
    self.endsStep = endsStep
  }

  /// `, 2 requests left for tomorrow`: what our own ration left unasked is nothing that failed.
  ///
  /// - Parameter instant: when the ration holds some again; `nil` where that is not known.
  static func left(_ requests: Int, until instant: Instant?, at now: Instant) -> String {
    let isTomorrow = instant.map { $0.day > now.day } ?? false
    return ", \(requests == 1 ? "1 request" : "\(requests) requests") left for \(isTomorrow ? "tomorrow" : "then")"
  }

  static let noRows = StepFailure(reason: .noData, detail: "answered with no rows", endsStep: false)

  /// An answer of the right shape in which every row was refused.
  static func nothingBelieved(rows: Int) -> StepFailure {
    StepFailure(reason: .shapeChanged, detail: "none of its \(rows) rows can be believed", endsStep: false)
  }

  /// HTTP 304 to a request that named no earlier answer.
  static let unchangedSinceNothing = StepFailure(
    reason: .refused, detail: "answered that nothing changed (HTTP 304), though it was not asked that", endsStep: false)

  /// - Parameter words: what to tell, where more is known than the error says.
  init(_ error: TransportError, _ words: String? = nil) {
    detail = words ?? error.description
    endsStep = true
    reason =
      switch error {
      case .unreachable, .insecure, .tooLarge, .redirected: .unreachable
      case .throttled: .throttled
      case .rationed: .rationed
      case .outOfOrder: .outOfOrder
      case .unsendable: .failed
      case .keyMissing: .keyMissing
      case .offline: .offline
      case .outOfTime: .outOfTime
      case .cancelled: .interrupted
      }
  }

  init(_ error: ReadingError) {
    detail = error.description
    switch error {
    case .unknownSymbol: (reason, endsStep) = (.unknownSymbol, true)
    case .refused: (reason, endsStep) = (.refused, false)
    case .throttled: (reason, endsStep) = (.throttled, true)
    case .keyRefused: (reason, endsStep) = (.keyRefused, true)
    case .restricted: (reason, endsStep) = (.restricted, true)
    case .blocked: (reason, endsStep) = (.blocked, true)
    case .outOfOrder: (reason, endsStep) = (.outOfOrder, true)
    case .shapeChanged: (reason, endsStep) = (.shapeChanged, false)
    case .empty: (reason, endsStep) = (.noData, false)
    }
  }
}
