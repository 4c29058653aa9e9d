import Formats
import Market

/// Yahoo's errors: `{"chart":{"result":null,"error":{"code","description"}}}`, or the same under `finance`, or plain text.
enum YahooErrors {
  enum Verdict { case chart, nothingThere }

  static func check(_ answer: Answer, symbol: String?) throws(ReadingError) -> Verdict {
    let verdict = HTTPVerdict(
      answer,
      messageAt: [
        ["chart", "error", "description"], ["finance", "error", "description"], ["chart", "error", "code"],
        ["finance", "error", "code"],
      ])
    // A window before the listing.
    if answer.status == 400, verdict.message.hasPrefix("Data doesn't exist for startDate") { return .nothingThere }
    if let objection = verdict.objection(symbol: symbol, takesKey: false) { throw objection }
    if let code = JSONCursor.text(at: ["chart", "error", "code"], in: answer.body) {
      if code == "Not Found", let symbol { throw .unknownSymbol(symbol) }
      throw .refused(status: answer.status, message: verdict.message)
    }
    return .chart
  }
}
