import Foundation

/// What a language model says in these tests: a right sentence about whatever it was asked.
public enum PlayedChat {
  /// An answer in the shape of chat completions, made from the figures in the request.
  public static func truth(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    saying([sentence(about: request)])
  }

  /// An answer with these sentences.
  public static func saying(_ sentences: [String]) -> LoopbackServer.Response {
    let content = text(["sentences": sentences])
    return .json(
      text([
        "id": "chatcmpl-1", "object": "chat.completion", "model": "made-1",
        "choices": [["index": 0, "message": ["role": "assistant", "content": content], "finish_reason": "stop"]],
        "usage": ["prompt_tokens": 700, "completion_tokens": 60],
      ]))
  }

  /// A sentence with one figure of the request.
  public static func sentence(about request: LoopbackServer.Request) -> String {
    let data = data(in: request)
    let figures = data["figures"] as? [[String: Any]] ?? []
    let names = data["names"] as? [String: String] ?? [:]
    guard let close = figures.first(where: { ($0["what"] as? String) == "close" }) ?? figures.first,
      let value = close["value"] as? String, let unit = close["unit"] as? String
    else { return "Nothing is known." }
    guard let asset = close["asset"] as? String else { return "The index stood at \(value) \(unit)." }
    return "\(names[asset] ?? asset) closed at \(value) \(unit)."
  }

  private static func data(in request: LoopbackServer.Request) -> [String: Any] {
    let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
    let messages = body?["messages"] as? [[String: String]] ?? []
    let lines = (messages.first { $0["role"] == "user" }?["content"] ?? "").split(separator: "\n")
    let line = lines.first { $0.hasPrefix("{") } ?? "{}"
    return (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
  }

  private static func text(_ object: [String: Any]) -> String {
    // What is made of texts and numbers can always be written.
    String(decoding: (try? JSONSerialization.data(withJSONObject: object)) ?? Data(), as: UTF8.self)
  }
}
