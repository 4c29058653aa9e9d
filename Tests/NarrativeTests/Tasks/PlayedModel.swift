import Market
import Rendering
import Store
import Support
import Synchronization
import Transport

@testable import Narrative

/// A model played on this machine, and whatever asks it.
final class PlayedModel: Sendable {
  let server: LoopbackServer
  private let network: HTTPTransport
  let store: Store
  private let settings: ModelSettings

  /// - Parameter script: what it answers to a question, by its number from 0.
  init(
    _ store: Store, settings values: [String: String] = [:],
    _ script: @escaping @Sendable (Int, SentQuestion) -> LoopbackServer.Response
  ) throws {
    let asked = Mutex(0)
    server = try LoopbackServer { request in
      let number = asked.withLock { asked in
        defer { asked += 1 }
        return asked
      }
      return script(number, SentQuestion(request.body))
    }
    let url = server.url
    let all = ["LLM_BASE_URL": url + "/v1", "LLM_MODEL": "made-1"].merging(values) { $1 }
    settings = try ModelSettings { all[$0] }!
    let profile = settings.profile(isMoved: false)
    network = HTTPTransport(
      profiles: [profile], addresses: try Addresses(of: [profile], moved: [profile.name: url + "/v1"]),
      clock: Clock.standing(at: MadeRows.now), random: { 0 }, version: "test")
    self.store = store
  }

  deinit { network.shutDown() }

  /// Has it write about some assets, as another run would.
  func write(isAnew: Bool = false) async throws -> SummaryRound.Report {
    let client = try ModelClient(
      settings, profile: settings.profile(isMoved: false), over: network, store: store, rules: MadeRows.rules,
      isLocal: true, isAnew: isAnew, on: MadeRows.now.day)
    let round = SummaryRound(client, store: store, rules: "rule-1")
    return try await round.write(beside: round.due(at: MadeRows.now))
  }

  /// An answer with these sentences, in the shape of chat completions.
  static func saying(_ sentences: [String], finish: String = "stop", tokens: Int64 = 700) -> LoopbackServer.Response {
    let content: JSONValue = ["sentences": .array(sentences.map(JSONValue.string))]
    return answer(content.compact, finish: finish, tokens: tokens)
  }

  static func answer(_ content: String, finish: String = "stop", tokens: Int64 = 700) -> LoopbackServer.Response {
    let body: JSONValue = [
      "id": "chatcmpl-1", "object": "chat.completion", "model": "made-1-2026",
      "choices": [
        ["index": 0, "message": ["role": "assistant", "content": .string(content)], "finish_reason": .string(finish)]
      ],
      "usage": ["prompt_tokens": .integer(tokens), "completion_tokens": 60],
    ]
    return .json(body.compact)
  }

  /// A right sentence about whatever was asked.
  static func truth(_ question: SentQuestion, tokens: Int64 = 700) -> LoopbackServer.Response {
    let data = question.data
    let name = data.flatMap { data in data.asset.flatMap { data.names[$0] } } ?? "?"
    let close = data?.figures.first { $0.what == .close }
    return saying(["\(name) closed at \(close?.value.text ?? "?") \(close?.unit.text ?? "?")."], tokens: tokens)
  }
}
