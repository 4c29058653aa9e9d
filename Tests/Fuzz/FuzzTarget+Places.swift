import Market

extension FuzzTarget {
  /// Instants, days and addresses as they are written.
  static let places = [
    FuzzTarget(
      "instant",
      texts: ["2025-09-19T22:30:00Z", "2025-09-19T22:30Z", "2025-09-19T22:30:00.123+02:00", "0001-01-01T00:00Z"]
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let instant = Instant(text) else { return nil }
      guard Instant.representable.contains(instant) else { return "'\(text)' lies outside all years" }
      return Instant(instant.description) == instant ? nil : "\(instant) does not come back"
    },
    FuzzTarget("day", texts: ["2025-09-19", "2024-02-29", "0001-01-01", "9999-12-31"]) { bytes in
      guard let day = Day(String(decoding: bytes, as: UTF8.self)) else { return nil }
      return Day(day.description) == day ? nil : "\(day) does not come back"
    },
    FuzzTarget(
      "request-target",
      texts: [
        "/api/v3/klines?symbol=BTC%20USDT&limit=5", "/fng/?limit=", "/a%2Fb?x&y=%41", "//feeds.example.com:8080/a?b=c",
        "http://[2001:db8::1]/a+b?c+d&%zz",
      ]
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let request = Request(provider: "binance", method: .get, target: text, body: []) else { return nil }
      guard let again = Request(provider: "binance", method: .get, target: request.target, body: []) else {
        return "'\(request.target)' does not come back"
      }
      if again.host != request.host { return "'\(text)' leads to another host" }
      return again.query == request.query ? nil : "'\(text)' changes on the way"
    },
    FuzzTarget("written-address", texts: ["https://feeds.example.com/a?b=c#d", "http://a:80", "HTTPS://[::1]:8443/x"]) {
      bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let request = Request(provider: "rss", address: text) else { return nil }
      let again = Request(provider: "rss", method: .get, target: request.target, body: [])
      return again == request ? nil : "'\(text)' does not come back"
    },
  ]
}
