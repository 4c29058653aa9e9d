import Support

extension Fault {
  /// How much there is.
  static let sizes = [
    Fault("no byte") { question in question.whole([]) },
    Fault("one byte") { question in question.whole("1") },
    Fault("white space") { question in question.whole(" \r\n\t ") },
    Fault("more bytes than are allowed") { question in
      question.whole(question.bytes + [UInt8](repeating: 0x20, count: 9 << 20))
    },
    // A feed without an item, and a search without a hit, are answers.
    Fault("no row", believed: ["rss", "newsapi"]) { question in
      question.whole(question.answers.wrapped([], question.request))
    },
    Fault("a tenth of the rows") { question in
      let rows = question.answers.rows(for: question.request)
      return question.whole(question.answers.wrapped(Array(rows.prefix(max(1, rows.count / 10))), question.request))
    },
  ]
}
