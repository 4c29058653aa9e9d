import Support

extension Fault {
  /// More than any provider is allowed.
  private static let bomb = LoopbackServer.gzipBomb(atLeast: 9 << 20)

  /// How the bytes stand for text.
  static let encodings = [
    Fault("gzip, as it should be") { question in
      .gzipped(LoopbackServer.gzip(question.bytes), [("Content-Type", question.answers.contentType)])
    },
    Fault("a gzip bomb") { _ in .gzipped(bomb) },
    Fault("gzip, cut in complete framing") { question in
      .gzipped(Array(LoopbackServer.gzip(question.bytes).dropLast(question.bytes.count / 2)))
    },
    Fault("gzip without its last bytes") { question in
      .gzipped(Array(LoopbackServer.gzip(question.bytes).dropLast(8)))
    },
    Fault("gzip with a wrong checksum") { question in
      var gzip = LoopbackServer.gzip(question.bytes)
      gzip[gzip.count - 8] ^= 1
      return .gzipped(gzip)
    },
    Fault("gzip that is none") { question in .gzipped(question.bytes) },
    Fault("gzip that is not told") { question in question.whole(LoopbackServer.gzip(question.bytes)) },
    Fault("gzip twice, told once") { question in
      .gzipped(LoopbackServer.gzip(LoopbackServer.gzip(question.bytes)))
    },
    Fault("gzip twice, told twice") { question in
      .answer(
        200, [("Content-Encoding", "gzip, gzip")],
        body: LoopbackServer.gzip(LoopbackServer.gzip(question.bytes)))
    },
    Fault("an encoding that was not asked for") { question in
      question.whole(question.bytes, [("Content-Encoding", "br")])
    },
    Fault("a byte order mark") { question in question.whole([0xEF, 0xBB, 0xBF] + question.bytes) },
    Fault("UTF-16") { question in
      question.whole([0xFF, 0xFE] + question.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    },
    Fault("bytes that are no text, in the middle") { question in
      let middle = question.bytes.count / 2
      return question.whole(question.bytes[..<middle] + [0xFF, 0xC0, 0x80] + question.bytes[middle...])
    },
    Fault("bytes that are no text, and nothing else") { question in
      question.whole([UInt8](repeating: 0xFF, count: 4096))
    },
    Fault("NULs at the end") { question in question.whole(question.bytes + [UInt8](repeating: 0, count: 64)) },
    Fault("NULs in place of the second half") { question in
      let half = question.bytes.count / 2
      return question.whole(question.bytes.prefix(half) + [UInt8](repeating: 0, count: half))
    },
  ]
}
