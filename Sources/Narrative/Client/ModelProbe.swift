import Market
import Threads

/// One small question to a model, to see whether it answers. Nothing of it is kept.
package struct ModelProbe: Sendable {
  /// What came of it.
  package struct Finding: Sendable {
    /// Whether the model said something.
    package let isGood: Bool
    /// Model, latency, cost; or what is wrong.
    package let text: String
  }

  private let settings: ModelSettings
  private let profile: ProviderProfile
  private let transport: any Transport

  /// A question to the model that is set up, at the place that `transport` knows.
  package init(_ settings: ModelSettings, _ profile: ProviderProfile, over transport: any Transport) {
    (self.settings, self.profile, self.transport) = (settings, profile, transport)
  }

  /// Asks.
  package func finding() async -> Finding {
    let request = ModelRequest(
      purpose: "doctor", model: settings.model, messages: [.init(role: .user, text: "Answer with the word: ready")],
      maxOutput: min(settings.maxOutput, 1_000))
    var dialect = ChatDialect(settings.kind)
    dialect.sendsSchema = false
    let began = ElapsedTime()
    let roundTrip = await transport.roundTrip(
      .post(
        dialect.body(of: request), contentType: "application/json", to: profile.name, path: "/chat/completions",
        timeLimit: 120))
    let milliseconds = Int(began.seconds * 1000)
    switch roundTrip.last?.result {
    case .failure(let error): return Finding(isGood: false, text: "\(settings.model): \(error)")
    case nil: return Finding(isGood: false, text: "\(settings.model): not asked")
    case .success(let answer):
      let read = ChatAnswer(answer)
      guard read.finish == .complete || read.finish == .length else {
        return Finding(isGood: false, text: "\(settings.model): \(read.detail ?? read.finish.name)")
      }
      return Finding(isGood: true, text: good(read, milliseconds))
    }
  }

  private func good(_ read: ChatAnswer, _ milliseconds: Int) -> String {
    let named = read.model.flatMap { $0 == settings.model ? nil : " (calls itself \($0.prefix(80)))" } ?? ""
    let tokens =
      if let input = read.usage.input, let output = read.usage.output { "\(input) + \(output) tokens" } else {
        "tokens not told"
      }
    let cost = settings.price.map { $0.cost(of: read.usage).map(costText) ?? "cost not known" } ?? "no price is set"
    return "\(settings.model)\(named) answered in \(milliseconds) ms; \(tokens), \(cost)"
  }
}
