import Market
import Rendering

/// What a model is asked, whoever it belongs to.
package struct ModelRequest: Hashable, Sendable {
  /// One turn of the conversation.
  struct Message: Hashable, Sendable {
    enum Role: String, Sendable { case system, user, assistant }

    let role: Role
    let text: String
  }

  /// What it is for, in the record.
  let purpose: String
  let model: String
  /// The orders first.
  let messages: [Message]
  /// Tokens that the answer may take.
  let maxOutput: Int

  /// The same conversation with what was answered and what is asked then.
  func continued(_ answer: String, _ question: String) -> ModelRequest {
    ModelRequest(
      purpose: purpose, model: model,
      messages: messages + [Message(role: .assistant, text: answer), Message(role: .user, text: question)],
      maxOutput: maxOutput)
  }
}

/// How one server wants OpenAI's chat completions to be spelled.
struct ChatDialect: Hashable, Sendable {
  /// Whether it is OpenAI itself, which has names of its own.
  let isOpenAI: Bool
  /// Whether the form of the answer is asked for by schema.
  var sendsSchema = true
  /// Whether the temperature is sent.
  var sendsTemperature: Bool
  /// Whether the cap on tokens goes by its newer name.
  var capsCompletion: Bool
  /// What was asked for otherwise already: a server that refuses it again means something else.
  private var adapted: Set<ModelFault.Field> = []

  init(_ kind: ModelSettings.Kind) {
    isOpenAI = kind == .openai
    sendsTemperature = !isOpenAI
    capsCompletion = isOpenAI
  }

  /// What is sent.
  func body(of request: ModelRequest) -> [UInt8] {
    let messages = request.messages.map { message -> JSONValue in
      let role = message.role == .system && isOpenAI ? "developer" : message.role.rawValue
      return ["role": .string(role), "content": .string(message.text)]
    }
    var members: [(String, JSONValue)] = [
      ("model", .string(request.model)), ("messages", .array(messages)),
      (capsCompletion ? "max_completion_tokens" : "max_tokens", .integer(Int64(request.maxOutput))),
    ]
    members.append(isOpenAI ? ("store", false) : ("stream", false))
    if sendsTemperature { members.append(("temperature", 0)) }
    if sendsSchema {
      let schema: JSONValue = ["name": "summary", "strict": true, "schema": DayPrompt.schema]
      members.append(("response_format", ["type": "json_schema", "json_schema": schema]))
    }
    return Array(JSONValue.object(members).compact.utf8)
  }

  /// The dialect of a server that refused a field; `nil` where nothing could be left out, or that was tried.
  func adapted(to fault: ModelFault) -> ChatDialect? {
    guard let field = fault.field, !adapted.contains(field) else { return nil }
    var other = self
    other.adapted.insert(field)
    switch field {
    case .schema: other.sendsSchema = false
    case .temperature: other.sendsTemperature = false
    case .cap: other.capsCompletion.toggle()
    }
    return other
  }
}
