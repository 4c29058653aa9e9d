import Market
import Support

extension Fault {
  /// What stands where every price, value and flow of an answer should stand, and who cannot but believe it.
  private static let numbers: [(String, String, Set<ProviderName>)] = [
    ("infinite", "1e999", []),
    // Absurd, and a number: other rules than those of its shape tell.
    ("of thirty digits", "123456789012345678901234567890", ["binance", "coinbase", "kraken", "coingecko", "yahoo"]),
    ("NaN", "NaN", []), ("null", "null", ["sosovalue"]), ("below zero", "-1", []),
    ("nought", "0", ["alternative.me", "farside", "sosovalue"]), ("a list", "[1]", []), ("an object", #"{"a":1}"#, []),
    ("true", "true", []), ("an empty text", "\"\"", ["farside", "sosovalue"]), ("a word", #""n/a""#, []),
    ("hexadecimal", #""0x1p3""#, []), ("with a comma", #""1,5""#, []),
    ("tiny", "1e-400", ["alternative.me", "farside", "sosovalue"]),
  ]

  /// What is wrong inside an answer that came whole. Farside's page is spoilt in the same places.
  static let json =
    numbers.map { name, text, believed in
      Fault("numbers: \(name)", believed: believed) { question in
        var answers = question.answers
        let isPage = answers.provider == "farside"
        answers.number = { _ in isPage ? text.filter { $0 != "\"" } : text }
        return question.whole(answers.text(for: question.request))
      }
    } + [
      Fault("JSON as deep as a well") { question in question.whole(String(repeating: "[", count: 100_000)) },
      Fault("JSON of another shape") { question in question.whole(#"{"weather":"fine"}"#) },
      Fault("JSON with an error in it") { question in
        question.whole(#"{"error":["EService:Unavailable"],"code":-1121,"msg":"Invalid symbol.","message":"no"}"#)
      },
      Fault("the first half") { question in
        question.whole(Array(question.bytes.prefix(question.bytes.count / 2)))
      },
      Fault("all but the last byte") { question in question.whole(Array(question.bytes.dropLast())) },
      Fault("something behind the end") { question in question.whole(question.text + "] and more") },
      Fault("the answer twice") { question in question.whole(question.text + question.text) },
      Fault("every row twice") { question in
        let rows = question.answers.rows(for: question.request)
        return question.whole(question.answers.wrapped(rows + rows, question.request))
      },
      Fault("every row twice, with other numbers") { question in
        var others = question.answers
        others.shift = 3
        let rows = question.answers.rows(for: question.request) + others.rows(for: question.request)
        return question.whole(question.answers.wrapped(rows, question.request))
      },
      Fault("rows in the opposite order") { question in
        question.whole(
          question.answers.wrapped(question.answers.rows(for: question.request).reversed(), question.request))
      },
      Fault("fields moved") { question in
        var answers = question.answers
        answers.isMoved = true
        return question.whole(answers.text(for: question.request))
      },
      Fault("another symbol, where the answer names one") { question in
        var answers = question.answers
        answers.symbol = "XETHZUSD"
        return question.whole(answers.text(for: question.request))
      },
      Fault("members twice") { question in
        // The one that is read must not depend on luck: of two, an answer is not to be believed, or they agree.
        question.whole(
          question.text.replacingText(#""data":"#, #""data":null,"data":"#)
            .replacingText(#""result":"#, #""result":{},"result":"#)
            .replacingText(#""results":"#, #""results":[],"results":"#)
            .replacingText(#""Time Series (Daily)":"#, #""Time Series (Daily)":{},"Time Series (Daily)":"#)
            .replacingText(#""prices":"#, #""prices":[],"prices":"#)
            .replacingText(#""lastupdated":"#, #""lastupdated":"2020-01-01","lastupdated":"#))
      },
    ]
}

extension String {
  /// Byte for byte, unlike Foundation's.
  fileprivate func replacingText(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
