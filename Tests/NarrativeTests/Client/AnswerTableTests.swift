import Market
import Support
import Testing

@testable import Narrative

/// What each answer is taken for, and what is done about it: those of others' servers as they were recorded, and the same
/// shapes typed by hand.
@Suite struct AnswerTableTests {
  private func outcome(_ status: Int, _ body: [UInt8], _ headers: [HeaderField] = []) -> String {
    let answer = Answer(status: status, headers: headers, body: body, receivedAt: Instant(epochSeconds: 0))
    let read = ChatAnswer(answer)
    guard let fault = ModelFault(answer) else { return read.finish.name }
    return "\(fault.finish.name), \(fault.action)"
  }

  static let recorded: [(file: String, status: Int, outcome: String)] = [
    ("openai/chat-success.json", 200, "complete"), ("openai/chat-structured-output.json", 200, "complete"),
    ("openai/chat-finish-length.json", 200, "length"), ("openai/chat-refusal.json", 200, "refused"),
    ("openai/chat-stream.sse.txt", 200, "failed"), ("openai/models-list.json", 200, "failed"),
    ("openai/error-400-context-length.json", 400, "context, shorten"),
    ("openai/error-400-max-tokens-unsupported.json", 400, "failed, change"),
    ("openai/error-400-schema-additionalProperties.json", 400, "failed, change"),
    ("openai/error-400-temperature-unsupported.json", 400, "failed, change"),
    ("openai/error-401-invalid-key.json", 401, "failed, userMustAct"),
    ("openai/error-404-model-not-found.json", 404, "failed, userMustAct"),
    ("openai/error-429-insufficient-quota.json", 429, "failed, userMustAct"),
    ("openai/error-429-rate-limit-tokens.json", 429, "failed, again(after: Optional(2))"),
    ("openai/error-429-request-too-large.json", 429, "failed, giveUp"),
    ("openai-compatible/local-server-success.json", 200, "complete"),
    ("openai-compatible/llama-cpp-error-400-context.json", 400, "context, shorten"),
    ("openai-compatible/llama-cpp-error-500-context.json", 500, "context, giveUp"),
    ("openai-compatible/lm-studio-error-400-response-format.json", 400, "failed, change"),
    ("openai-compatible/vllm-error-400-flat.json", 400, "context, shorten"),
    ("ollama/openai-compat-success-reasoning.json", 200, "complete"),
    ("ollama/openai-compat-json-schema.json", 200, "complete"),
    ("ollama/openai-compat-stream.sse.txt", 200, "failed"),
    ("ollama/openai-compat-error-400-context.json", 400, "context, shorten"),
    ("ollama/openai-compat-error-401.json", 401, "failed, userMustAct"),
    ("gemini/error-400-openai-compat-array.json", 400, "failed, userMustAct"),
  ]

  @Test(.enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"), arguments: recorded)
  func `every recorded answer leads to what is to be done about it`(file: String, status: Int, outcome: String) throws {
    let body = try #require(MarketData.bytes("payloads/\(file)"), "\(file)")
    #expect(self.outcome(status, body) == outcome)
  }

  @Test(arguments: [
    (200, #"{"choices":[{"index":0,"message":{"content":"Well."},"finish_reason":"stop"}]}"#, "complete"),
    (
      200, #"{"choices":[{"message":{"content":[{"type":"text","text":"Well."}]},"finish_reason":"stop"}]}"#, "complete"
    ),
    (200, #"{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}"#, "failed"),
    (200, #"{"choices":[{"message":{"content":"Half a"},"finish_reason":"length"}]}"#, "length"),
    (200, #"{"choices":[{"message":{"content":"Some"},"finish_reason":"content_filter"}]}"#, "blocked"),
    (200, #"{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}"#, "refused"),
    (200, #"{"choices":[{"message":{"content":null},"finish_reason":"tool_calls"}]}"#, "unknown"),
    (200, #"{"error":{"code":502,"message":"upstream"}}"#, "failed"), (200, "<html>Sign in</html>", "failed"),
    (200, "", "failed"), (200, "[[[[[[[[[[[[", "failed"),
    (400, #"{"error":"'response_format.type' must be 'text'"}"#, "failed, change"),
    (400, #"[{"error":{"code":400,"message":"Unknown name \"store\""}}]"#, "failed, userMustAct"),
    (402, #"{"error":{"code":402,"message":"Insufficient credits"}}"#, "failed, userMustAct"),
    (403, "<html><b>Forbidden</b></html>", "failed, userMustAct"),
    (408, "", "failed, leave"), (500, #"{"error":{"message":"The server had an error"}}"#, "failed, leave"),
    (502, "<html>Bad Gateway</html>", "failed, leave"),
    (503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, "failed, again(after: nil)"),
    (
      429, #"{"error":{"message":"Please try again in 250ms.","code":"rate_limit_exceeded"}}"#,
      "failed, again(after: Optional(1))"
    ),
    (429, #"{"error":{"message":"slow","code":"billing","type":"insufficient_quota"}}"#, "failed, userMustAct"),
    (413, #"{"error":{"message":"prompt is too long"}}"#, "context, shorten"), (301, "", "failed, giveUp"),
  ])
  func `an answer of any shape is told apart`(status: Int, body: String, outcome: String) {
    #expect(self.outcome(status, Array(body.utf8)) == outcome)
  }

  @Test func `the longer of two wishes to wait counts`() {
    let body = Array(#"{"error":{"message":"Please try again in 1.5s","code":"rate_limit_exceeded"}}"#.utf8)
    #expect(outcome(429, body, [HeaderField("retry-after", "7")]) == "failed, again(after: Optional(7))")
  }

  @Test func `tokens are told apart by what they cost`() throws {
    let body = """
      {"choices":[{"message":{"content":"Well."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,
      "completion_tokens":300,"prompt_tokens_details":{"cached_tokens":400},
      "completion_tokens_details":{"reasoning_tokens":200}}}
      """
    let usage = ChatAnswer(
      Answer(status: 200, headers: [], body: Array(body.utf8), receivedAt: Instant(epochSeconds: 0))
    ).usage
    #expect(usage == TokenUsage(input: 1000, cached: 400, output: 300, reasoning: 200))
    #expect(usage.visible == 100)
    let price = try #require(TokenPrice("input=2,cached=0.10,output=10"))
    // 600 × 2 + 400 × 0.10 + 300 × 10 dollars, each for a million.
    #expect(price.cost(of: usage) == 4_240_000_000)
    #expect(costText(4_240_000_000) == "$0.00424")
  }

  @Test func `a tier holds for the whole of a request whose prompt is longer`() throws {
    let price = try #require(TokenPrice("input=2,output=10;above=272000,input=4,output=15"))
    #expect(price.cost(of: TokenUsage(input: 272_000, output: 0)) == 544_000_000_000)
    #expect(price.cost(of: TokenUsage(input: 272_001, output: 1)) == 1_088_019_000_000)
    #expect(price.cost(of: TokenUsage(input: 5, output: nil)) == nil)
  }

  @Test(arguments: [
    "", "2/10", "input=2", "input=-1,output=2", "input=2,output=3;input=1,output=1,above=-4",
    "input=2,input=3,output=1",
  ])
  func `a price that is none is refused`(text: String) { #expect(TokenPrice(text) == nil) }

  @Test(arguments: [
    ("200000", SpendingLimit.tokens(200_000)), ("200k", .tokens(200_000)), ("0.50 USD", .money(500_000_000_000)),
    ("$2", .money(2_000_000_000_000)),
  ])
  func `a limit is tokens or money`(text: String, limit: SpendingLimit) { #expect(SpendingLimit(text) == limit) }
}
