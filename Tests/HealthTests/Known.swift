import Market
import Synchronization

/// The providers and the instant that these tests know.
enum Known {
  /// 2025-09-19T22:30:00Z, a Friday.
  static let now = Instant(epochSeconds: 1_758_321_000)
}

extension ProviderProfile {
  static func named(
    _ name: ProviderName, credential: Credential? = nil,
    sessionTold: @escaping @Sendable (Answer) -> Bool? = { _ in nil }
  ) -> ProviderProfile {
    ProviderProfile(
      name: name, title: name.description, baseURL: "https://\(name)", homepage: "https://\(name)",
      politeness: Politeness(limit: 10, window: 60, limitWithKey: 30, concurrency: 1), credential: credential,
      safety: 60, probe: Request(provider: name, path: "/ping"), sessionTold: sessionTold)
  }
}

/// Answers what it was told to, and remembers what it was asked.
final class Scripted: Transport {
  private let script: @Sendable (Request) -> Result<Int, TransportError>
  private let questions = Mutex<[String]>([])

  /// - Parameter script: the status of the answer to a request.
  init(_ script: @escaping @Sendable (Request) -> Result<Int, TransportError>) { self.script = script }

  /// Provider and path of each request, in the order in which they came.
  var asked: [String] { questions.withLock { $0 } }

  func roundTrip(_ request: Request) async -> RoundTrip {
    questions.withLock { $0.append("\(request.provider)\(request.path)") }
    let result = script(request).map { Answer(status: $0, headers: [], body: [], receivedAt: Known.now) }
    let attempt = Attempt(
      url: "https://\(request.provider)", startedAt: Known.now, elapsed: .zero, wireBytes: 0, result: result)
    return RoundTrip(request: request, attempts: [attempt])
  }
}
