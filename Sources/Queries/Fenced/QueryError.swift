import Store

/// Why a question got no answer, or not all of it.
package enum QueryError: Error, Hashable, Sendable {
  /// It asks for something that no question may do; the reason, with what to do instead.
  case refused(String)
  /// SQLite does not understand it; where known, the byte of the question at which it stops.
  case syntax(message: String, offset: Int?)
  case tooLong(bytes: Int, limit: Int)
  /// Parameters without a value, and values without a parameter, by name.
  case parameters(missing: [String], unknown: [String])
  case timedOut(after: Duration)
  case tooManySteps(limit: Int)
  /// One text, blob or row was longer than allowed.
  case tooBig(what: String, limit: Int)
  /// The whole answer was longer than who asks can hold.
  case answerTooBig(limit: Int)
  case outOfMemory(limit: Int)
  /// It was understood and failed on the way: `integer overflow`.
  case failed(message: String)
  /// The process that was to answer ended without a word.
  case died(reason: String)
}

extension QueryError: CustomStringConvertible {
  /// Why there is no answer, and what to do instead; one line.
  package var description: String {
    switch self {
    case .refused(let reason): "refused: \(reason)"
    case .syntax(let message, let offset):
      "\(message)" + (offset.map { ", at byte \($0 + 1)" } ?? "") + ". " + QueryError.next(after: message)
    case .tooLong(let bytes, let limit):
      "the question is \(bytes) bytes long, \(limit) are allowed; shorten it, or hand values over with -p"
    case .parameters(let missing, let unknown): QueryError.text(missing: missing, unknown: unknown)
    case .timedOut(let time):
      "no answer within \(QueryError.seconds(time)) s; narrow it by asset and time, or allow more with --timeout"
    case .tooManySteps(let limit):
      "stopped after \(limit) steps; narrow it by asset and time, or allow more with --timeout"
    case .tooBig(let what, let limit):
      "a \(what) of more than \(limit) bytes came up; take a part of it (substr) or leave it out"
    case .answerTooBig(let limit):
      "the answer is longer than \(limit) bytes; ask for fewer rows or columns, or for --format csv or ndjson, which stream"
    case .outOfMemory(let limit):
      "it needs more than \(limit >> 20) MiB of memory; group or sort fewer rows"
    case .failed(let message): "\(message). Change the question so that it does not come up"
    case .died(let reason): "the process that answers questions ended: \(reason). Narrow the question and ask again"
    }
  }

  private static func next(after message: String) -> String {
    if message.hasPrefix("no such table") || message.hasPrefix("no such column") {
      return "Names are listed by: SELECT name, sql FROM sqlite_schema; texts stand in single quotes"
    }
    if message.hasPrefix("no such function") || message.hasPrefix("wrong number of arguments") {
      return "The functions are SQLite's own: https://sqlite.org/lang_corefunc.html"
    }
    return "One SELECT of SQLite is understood: https://sqlite.org/lang_select.html"
  }

  private static func text(missing: [String], unknown: [String]) -> String {
    let lacking = missing.map { "the question asks for :\($0); add -p \($0)=…" }
    let needless = unknown.map { "the question has no :\($0); take -p \($0)=… away" }
    return (lacking + needless).joined(separator: "; ")
  }

  private static func seconds(_ time: Duration) -> String {
    let parts = time.components
    let tenths = parts.seconds * 10 + parts.attoseconds / 100_000_000_000_000_000
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
