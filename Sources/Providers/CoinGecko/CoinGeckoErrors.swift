import Formats
import Market

/// CoinGecko's errors, in five shapes: `error` a string, `error` an object, `status` an object, `status` a number, and
/// the plain text of its firewall.
enum CoinGeckoErrors {
  static func check(_ answer: Answer, coin: String?) throws(ReadingError) {
    let verdict = HTTPVerdict(
      answer,
      messageAt: [["error", "status", "error_message"], ["status", "error_message"], ["error"], ["error_message"]])
    if let code = verdict.cloudflareCode {
      throw code == "1015"
        ? .throttled(retryAfter: RetryAfter.seconds(in: answer)) : .blocked(message: "error code: \(code)")
    }
    if let code = code(in: answer.body) { try check(code, verdict) }
    if let objection = verdict.objection(symbol: coin, takesKey: true) { throw objection }
    if JSONCursor.text(at: ["error"], in: answer.body) != nil {
      throw .refused(status: answer.status, message: verdict.message)
    }
  }

  private static func code(in body: [UInt8]) -> Int? {
    for path in [["error", "status", "error_code"], ["status", "error_code"], ["error_code"], ["status"]] {
      if let code = JSONCursor.text(at: path, in: body).flatMap({ Int($0) }) { return code }
    }
    return nil
  }

  private static func check(_ code: Int, _ verdict: HTTPVerdict) throws(ReadingError) {
    let status = verdict.answer.status
    switch code {
    case 429: throw .throttled(retryAfter: RetryAfter.seconds(in: verdict.answer))
    case 10002, 10010, 10011: throw .keyRefused(message: verdict.message)
    case 500...599: throw .outOfOrder(status: status, message: verdict.message)
    // 10005: not in this plan; 10012: further back than a year.
    case 10000...10999: throw .refused(status: status, message: verdict.message)
    default:
      if status == 200 { throw .refused(status: status, message: verdict.message) }
    }
  }
}
