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

  static let noRows = StepFailure(reason: .noData, detail: "answered with no rows", endsStep: false)

  init(_ error: TransportError) {
    detail = error.description
    endsStep = true
    reason =
      switch error {
      case .unreachable, .insecure, .tooLarge, .redirected: .unreachable
      case .throttled: .throttled
      case .keyMissing: .keyMissing
      case .offline: .offline
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
    case .outOfOrder: (reason, endsStep) = (.unreachable, true)
    case .shapeChanged: (reason, endsStep) = (.shapeChanged, false)
    case .empty: (reason, endsStep) = (.noData, false)
    }
  }
}
