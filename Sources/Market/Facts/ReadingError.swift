/// Why an answer holds no facts.
package enum ReadingError: Error, Hashable, Sendable {
  /// The provider does not know what was asked for.
  case unknownSymbol(String)
  /// The provider said no: its code where it has one, and its words.
  case refused(status: Int, message: String)
  /// Asked too often; seconds to wait if it said so.
  case throttled(retryAfter: Int64?)
  /// A key is missing or not accepted.
  case keyRefused(message: String)
  /// Not served in this place (HTTP 451): the same tomorrow.
  case restricted(message: String)
  /// A firewall's page, or somebody's sign-in page, stands where the answer should be: it may be gone in a minute.
  case blocked(message: String)
  /// The provider is out of order: a 5xx, a maintenance page.
  case outOfOrder(status: Int, message: String)
  /// The bytes are not what the provider's documentation and history led us to expect.
  case shapeChanged(expected: String, found: String, offset: Int?)
  /// The answer is complete and says that there is nothing.
  case empty

  /// Whether the same request may succeed later with nothing changed on our side.
  package var isTransient: Bool {
    switch self {
    case .throttled, .outOfOrder: true
    case .unknownSymbol, .refused, .keyRefused, .restricted, .blocked, .shapeChanged, .empty: false
    }
  }
}

extension ReadingError: CustomStringConvertible {
  /// What the provider did, to be put after its name: `asked too often`.
  package var description: String {
    switch self {
    case .unknownSymbol(let symbol): "does not know \(symbol)"
    case .refused(let status, let message): "refused with HTTP \(status): \(message)"
    case .throttled(let seconds?) where seconds > 0: "asked too often; try again in \(waitText(seconds))"
    case .throttled: "asked too often"
    case .keyRefused(let message): "key missing or refused: \(message)"
    case .restricted(let message): "not served from here: \(message)"
    case .blocked(let message): "blocked: \(message)"
    case .outOfOrder(let status, let message): "out of order, HTTP \(status): \(message)"
    case .shapeChanged(let expected, let found, let offset):
      "answer changed shape: expected \(expected), found \(found)" + (offset.map { " at byte \($0)" } ?? "")
    case .empty: "answered with nothing"
    }
  }
}
