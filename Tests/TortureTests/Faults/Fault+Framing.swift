import Support

extension Fault {
  /// Where the bytes of an answer begin and end.
  static let framings = [
    Fault("hung up without a byte") { _ in .hangUp },
    Fault("hung up in the headers") { question in .raw(question.lines.joined(separator: "\r\n")) },
    Fault("hung up in the body") { question in
      let half = String(decoding: question.bytes.prefix(question.bytes.count / 2), as: UTF8.self)
      return .cut(half, statedLength: question.bytes.count)
    },
    Fault("a stated length that is too short") { question in
      .sent(Response.head(question.lines + ["Content-Length: \(question.bytes.count / 2)"], question.bytes))
    },
    Fault("a stated length that is too long") { question in
      .cut(question.text, statedLength: question.bytes.count + 10)
    },
    Fault("a stated length below zero") { question in
      .raw(Response.head(question.lines + ["Content-Length: -1"], question.bytes))
    },
    Fault("two stated lengths") { question in
      .raw(
        Response.head(
          question.lines + ["Content-Length: \(question.bytes.count)", "Content-Length: 5"], question.bytes))
    },
    Fault("no length, half the answer, hung up") { question in
      .raw(Response.head(question.lines, Array(question.bytes.prefix(question.bytes.count / 2))))
    },
    Fault("chunks of no size") { question in
      .raw(Response.head(question.lines + ["Transfer-Encoding: chunked"], Array("zz\r\n".utf8) + question.bytes))
    },
    Fault("a chunk larger than any memory") { question in
      .raw(
        Response.head(
          question.lines + ["Transfer-Encoding: chunked"], Array("ffffffffffffffffff\r\n".utf8) + question.bytes))
    },
    Fault("chunks without an end") { question in .cutChunks([question.text]) },
    Fault("chunked and of a stated length") { question in
      .raw(
        Response.head(
          question.lines + ["Content-Length: 5", "Transfer-Encoding: chunked"],
          Array("\(String(question.bytes.count, radix: 16))\r\n".utf8) + question.bytes + Array("\r\n0\r\n\r\n".utf8)))
    },
    Fault("an endless body") { _ in .endless(String(repeating: "[1,2,3],", count: 8192)) },
    Fault("endless headers") { question in
      .beginning(
        Array((question.lines.joined(separator: "\r\n") + "\r\n").utf8),
        thenEndless: Array(String(repeating: "X-More: and more\r\n", count: 500).utf8))
    },
    Fault("a header of 200 KB") { question in
      question.whole(question.bytes, [("X-Large", String(repeating: "x", count: 200_000))])
    },
    Fault("headers that hold others") { question in
      question.whole(
        question.bytes, [("X-Odd", "a\rRetry-After: 9999\r\n folded: b"), ("Location", "http://elsewhere.invalid/")])
    },
    Fault("a NUL in a header") { question in question.whole(question.bytes, [("Server", "a\u{0}b")]) },
    Fault("HTTP/0.9, without any header") { question in .raw(question.text) },
    Fault("a status line of no sense") { question in
      .raw(Response.head(["HTTP/1.1 fine OK", "Content-Length: \(question.bytes.count)"], question.bytes))
    },
    Fault("another protocol") { _ in .raw("SSH-2.0-OpenSSH_9.2\r\n") },
    Fault("a second answer that nobody asked for") { question in
      let first = Response.head(question.lines + ["Content-Length: \(question.bytes.count)"], question.bytes)
      var other = question.answers
      other.shift = 500
      let more = Array(other.text(for: question.request).utf8)
      return .sent(first + Response.head(question.lines + ["Content-Length: \(more.count)"], more))
    },
    Fault("the connection closed after each answer") { question in
      .raw(Response.head(question.lines + ["Content-Length: \(question.bytes.count)"], question.bytes))
    },
  ]
}
