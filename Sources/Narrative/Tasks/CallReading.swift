import Formats
import Market
import Store
import Synchronization

/// What an answer to a question about a day comes to, read from nothing but what was sent and what came back. Pure, so that
/// a rebuild reads the same.
package struct CallReading: Sendable {
  package let answer: ChatAnswer
  /// `nil` where it is not whole, or of another form.
  package let judged: JudgedText?
  /// What is wrong with its form; `nil` where nothing is.
  package let formFault: String?
  /// The most tokens that it can be.
  private let bound: TokenUsage

  /// - Parameters:
  ///   - sent: the body of the request.
  ///   - judge: the guard for the facts that stand in the request.
  init(sent: [UInt8], _ received: Answer, _ judge: GuardRules) {
    let question = SentQuestion(sent)
    answer = ChatAnswer(received)
    bound = question.bound
    guard answer.finish == .complete, let text = answer.text, let data = question.data else {
      (judged, formFault) = (nil, nil)
      return
    }
    do {
      judged = judge.numbers(data.guarded).judged(try DayPrompt.sentences(in: text))
      formFault = nil
    } catch {
      (judged, formFault) = (nil, error.description)
    }
  }

  /// The tokens that are booked: those that were told, else of a whole answer the most that it can be, and none of an error.
  var booked: (usage: TokenUsage, isEstimate: Bool) {
    if answer.usage.input != nil, answer.usage.output != nil { return (answer.usage, false) }
    return answer.text == nil ? (answer.usage, false) : (bound, true)
  }

  /// What was not believed, as the record keeps it.
  var droppedJSON: String {
    if let judged { return judged.droppedJSON }
    let words = formFault ?? answer.detail
    guard let words else { return JudgedText(kept: [], dropped: []).droppedJSON }
    return JudgedText(kept: [], dropped: [.init(sentence: "", reason: words)]).droppedJSON
  }
}

/// The words and names by which texts are judged; those of a language are taken apart when they are first needed.
package final class GuardRules: Sendable {
  private let languages: [FigureWords]
  private let strangers: [String]
  private let words = Mutex<[String: GuardWords?]>([:])

  /// - Parameters:
  ///   - languages: the words of each language; the first is for all others.
  ///   - strangers: names of assets that are known everywhere.
  package init(languages: [FigureWords], strangers: [String]) {
    self.languages = languages
    self.strangers = strangers
  }

  func numbers(_ facts: GuardedFacts) -> NumberGuard {
    let words = words.withLock { words in
      if let known = words[facts.language] { return known }
      let taken = GuardWords(of: facts.language, among: languages)
      words[facts.language] = taken
      return taken
    }
    return NumberGuard(facts, words, strangers: strangers)
  }
}

/// What was asked, read from the bytes that were sent.
struct SentQuestion {
  /// Who said what, in order.
  let messages: [(role: String, text: String)]
  /// The data that the first question holds.
  let data: PromptData?
  /// The most tokens that the exchange can be: a byte each, and what the answer may take.
  let bound: TokenUsage

  init(_ body: [UInt8]) {
    let scalars = (try? JSONCursor.scalars(in: body)) ?? []
    let members = Dictionary(scalars.map { ($0.path, $0.text ?? "") }) { first, _ in first }
    var messages: [(role: String, text: String)] = []
    while let role = members[["messages", "\(messages.count)", "role"]] {
      messages.append((role, members[["messages", "\(messages.count)", "content"]] ?? ""))
    }
    self.messages = messages
    data = messages.first { $0.role == "user" }.flatMap { DayPrompt.data(in: $0.text) }
    let cap = (members[["max_tokens"]] ?? members[["max_completion_tokens"]]).flatMap { Int64($0) }
    bound = TokenUsage(input: Int64(body.count), output: cap ?? 0)
  }
}
