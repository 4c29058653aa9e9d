import Support

extension Fault {
  /// What the status line and the headers beside it say.
  static let statuses =
    [204, 400, 401, 403, 404, 418, 451, 500, 502, 503, 504, 999].map { status in
      Fault("status \(status)") { _ in .status(status, [], "out of order") }
    } + [
      Fault("status 206, a part of the answer") { question in
        let part = Array(question.bytes.prefix(question.bytes.count / 2))
        return .answer(206, [("Content-Range", "bytes 0-\(part.count - 1)/\(question.bytes.count)")], body: part)
      },
      Fault("status 304, though nothing was asked conditionally") { _ in
        .sent(Response.head(["HTTP/1.1 304 Not Modified"]))
      },
      Fault("status 429") { _ in .tooManyRequests() },
      Fault("status 429, Retry-After in seconds") { _ in .tooManyRequests(retryAfter: "120") },
      Fault("status 429, Retry-After as a date") { _ in
        .tooManyRequests(
          retryAfter: "Fri, 19 Sep 2025 23:00:00 GMT", [("Date", "Fri, 19 Sep 2025 22:30:00 GMT")])
      },
      Fault("status 429, Retry-After in the past") { _ in
        .tooManyRequests(retryAfter: "Fri, 19 Sep 2014 23:00:00 GMT", [("Date", "Fri, 19 Sep 2025 22:30:00 GMT")])
      },
      Fault("status 429, Retry-After of ages") { _ in .tooManyRequests(retryAfter: "99999999999999999999") },
      Fault("status 429, Retry-After of no sense") { _ in .tooManyRequests(retryAfter: "-5 o'clock") },
      Fault("status 503, Retry-After in seconds") { _ in .status(503, [("Retry-After", "120")], "back soon") },
      Fault("status 100, then the answer") { question in
        .sent(
          Response.head(["HTTP/1.1 100 Continue"])
            + Response.head(question.lines + ["Content-Length: \(question.bytes.count)"], question.bytes))
      },
      Fault("status 103 and nothing more") { _ in .raw(Response.head(["HTTP/1.1 103 Early Hints", "Link: </x>"])) },
    ]
}
