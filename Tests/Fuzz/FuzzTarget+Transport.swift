#if DEBUG
  import Market
  @testable import Transport

  extension FuzzTarget {
    private static let key = "Planted/Key+0123=="

    /// With what looks like a percent-encoded byte decoded, once, and the rest left as it is.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
      var plain: [UInt8] = []
      var rest = bytes[...]
      while let byte = rest.popFirst() {
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        if byte == UInt8(ascii: "%"), digits.count == 2, !digits.hasPrefix("+"), let value = UInt8(digits, radix: 16) {
          plain.append(value)
          rest = rest.dropFirst(2)
        } else {
          plain.append(byte)
        }
      }
      return plain
    }

    /// What answers say of where to go and when to come back; and keys that they repeat.
    static let transports = [
      FuzzTarget("redirect", texts: ["/c?d=1", "http://a.example:8080/x", "//b.example/", "https://[::1]:1/", "../.."])
      {
        bytes in
        guard let asked = WebAddress("http://a.example:8080/x/y") else { return nil }
        let header = HeaderField("location", String(decoding: bytes, as: UTF8.self))
        let answer = Answer(status: 302, headers: [header], body: [], receivedAt: Instant(epochSeconds: 0))
        guard case .follow(let target) = Redirect(in: answer, to: .get, from: asked, hops: 0) else { return nil }
        // Byte by byte: an accent behind the slash makes another character of it.
        return target.text.utf8.starts(with: "http://a.example:8080/".utf8) ? nil : "\(target.text) is followed"
      },
      FuzzTarget(
        "redirect-away",
        texts: [
          "https://b.example:8443/x?y=z", "http://2130706433/", "https://[::ffff:10.0.0.1]/", "//me:pw@b.example/",
        ]
      ) { bytes in
        guard let asked = WebAddress("https://a.example/x/y") else { return nil }
        let header = HeaderField("location", String(decoding: bytes, as: UTF8.self))
        let answer = Answer(status: 302, headers: [header], body: [], receivedAt: Instant(epochSeconds: 0))
        let redirect = Redirect(in: answer, to: .get, from: asked, hops: 0, leave: .toPublic(permitting: []))
        guard case .follow(let target) = redirect else { return nil }
        let isInside = IPAddress(target.host).map { !$0.isPublic } ?? !target.host.contains(".")
        let isBad = isInside || target.hasUser || target.scheme != "https" || target.host.hasSuffix(".")
        return isBad ? "\(target.text) is followed" : nil
      },
      FuzzTarget(
        "retry-after", texts: ["120", "1.5", "Fri, 19 Sep 2025 23:00:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"]
      ) {
        bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let headers = [HeaderField("retry-after", text), HeaderField("date", String(text.reversed()))]
        let answer = Answer(status: 429, headers: headers, body: [], receivedAt: Instant(epochSeconds: 0))
        guard let seconds = RetryAfter.seconds(in: answer) else {
          return nil
        }
        return (0...RetryAfter.longest).contains(seconds) ? nil : "'\(text)': \(seconds) s"
      },
      FuzzTarget(
        "redaction",
        texts: [key, "a\(key)b\(key)", "x" + key.dropFirst() + key, "a=\(key.percentEncoded)&b=%50lanted/Key+0123%3d="]
      ) { bytes in
        guard let secret = try? Secret(key) else { return nil }
        let answer = Answer(status: 200, headers: [], body: bytes, receivedAt: Instant(epochSeconds: 0))
        let clean = Redaction.removing([secret], from: answer).body
        if clean.count != bytes.count { return "the length changed" }
        if String(decoding: clean, as: UTF8.self).contains(key) { return "the key is still there" }
        return String(decoding: unescaped(clean), as: UTF8.self).contains(key) ? "the key is there, encoded" : nil
      },
    ]
  }
#endif
