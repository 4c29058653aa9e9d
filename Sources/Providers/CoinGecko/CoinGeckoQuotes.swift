import Formats
import Market

/// Single prices of one coin: `/coins/markets` and `/simple/price`.
enum CoinGeckoQuotes {
  /// `[{"id":"bitcoin","current_price":…,"market_cap":…,"total_volume":…,"last_updated":"2021-05-15T15:34:27.000Z"},…]`
  static func market(of coin: String, in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    try readingDocument(body) { (cursor) throws(JSONFault) in
      var samples: [CoinGeckoSample] = []
      var more = try cursor.enterArray()
      while more {
        let start = cursor.offset
        let members = try members(&cursor)
        if members.texts["id"] == coin {
          let instant = members.texts["last_updated"].flatMap { Instant($0) }
          samples.append(
            CoinGeckoSample(
              milliseconds: instant.map { $0.epochSeconds * 1000 } ?? .min, price: members.numbers["current_price"],
              marketCap: members.numbers["market_cap"], volume24h: members.numbers["total_volume"],
              excerpt: Excerpt.of(cursor.bytes(from: start))))
        }
        more = try cursor.nextElement()
      }
      return samples
    }
  }

  /// `{"bitcoin":{"usd":49357,"last_updated_at":1621092867}}`. Without `last_updated_at` the price has no time and is
  /// refused; an unknown coin is simply absent.
  static func simple(of coin: String, in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    try readingDocument(body) { (cursor) throws(JSONFault) in
      var samples: [CoinGeckoSample] = []
      var more = try cursor.enterObject()
      while more {
        let name = try cursor.memberName().string
        let start = cursor.offset
        let numbers = try members(&cursor).numbers
        if name == coin {
          let seconds = numbers["last_updated_at"].flatMap { Int64(exactly: $0) } ?? .min
          let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
          samples.append(
            CoinGeckoSample(
              milliseconds: milliseconds.overflow ? .min : milliseconds.partialValue, price: numbers["usd"],
              marketCap: numbers["usd_market_cap"], volume24h: numbers["usd_24h_vol"],
              excerpt: Excerpt.of(cursor.bytes(from: start))))
        }
        more = try cursor.nextMember()
      }
      return samples
    }
  }

  /// The strings and the numbers among an object's members; the rest is passed over.
  private static func members(
    _ cursor: inout JSONCursor
  ) throws(JSONFault) -> (texts: [String: String], numbers: [String: Double]) {
    var texts: [String: String] = [:]
    var numbers: [String: Double] = [:]
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName().string
      if cursor.peek() == UInt8(ascii: "\"") {
        texts[name] = try cursor.text().string
      } else {
        let start = cursor.offset
        if let number = try? cursor.decimal() { numbers[name] = number }
        cursor.offset = start
        try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
    return (texts, numbers)
  }
}
