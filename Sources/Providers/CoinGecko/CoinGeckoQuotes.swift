import Formats
import Market

/// Single prices of one coin: `/coins/markets` and `/simple/price`.
enum CoinGeckoQuotes {
  /// `[{"id":"bitcoin","current_price":…,"market_cap":…,"total_volume":…,"last_updated":"2021-05-15T15:34:27.000Z"},…]`
  static func market(of coin: String, in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    try readingDocument(body) { (cursor) throws(JSONFault) in
      var samples: [CoinGeckoSample] = []
      try cursor.eachObject(members) { members, bytes, cursor in
        guard let members, members.texts["id"] == coin else { return }
        let instant = members.texts["last_updated"].flatMap { Instant($0) }
        samples.append(
          CoinGeckoSample(
            milliseconds: instant.map { $0.epochSeconds * 1000 } ?? .min,
            price: members.amounts["current_price"] ?? .absent, marketCap: members.amounts["market_cap"] ?? .absent,
            volume24h: members.amounts["total_volume"] ?? .absent,
            excerpt: Excerpt.of(cursor.bytes(from: bytes.lowerBound))))
      }
      return samples
    }
  }

  /// `{"bitcoin":{"usd":49357,"last_updated_at":1621092867}}`. Without `last_updated_at` the price has no time and is
  /// refused; an unknown coin is simply absent.
  static func simple(of coin: String, in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    try readingDocument(body) { (cursor) throws(JSONFault) in
      var samples: [CoinGeckoSample] = []
      var hasCoin = false
      var more = try cursor.enterObject()
      while more {
        let name = try cursor.memberName().string
        let start = cursor.offset
        let amounts = try members(&cursor).amounts
        if name == coin {
          try cursor.meet(&hasCoin)
          let seconds = amounts["last_updated_at"]?.number.flatMap { Int64(exactly: $0) } ?? .min
          let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
          samples.append(
            CoinGeckoSample(
              milliseconds: milliseconds.overflow ? .min : milliseconds.partialValue, price: amounts["usd"] ?? .absent,
              marketCap: amounts["usd_market_cap"] ?? .absent, volume24h: amounts["usd_24h_vol"] ?? .absent,
              excerpt: Excerpt.of(cursor.bytes(from: start))))
        }
        more = try cursor.nextMember()
      }
      return samples
    }
  }

  /// The strings and the amounts among an object's members; arrays and objects are passed over. A member that stands twice
  /// is a fault.
  static func members(
    _ cursor: inout JSONCursor
  ) throws(JSONFault) -> (texts: [String: String], amounts: [String: Amount]) {
    var texts: [String: String] = [:]
    var amounts: [String: Amount] = [:]
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName().string
      var isKnown = texts[name] != nil || amounts[name] != nil
      try cursor.meet(&isKnown)
      switch cursor.peek() {
      case UInt8(ascii: "\""): texts[name] = try cursor.text().string
      case UInt8(ascii: "["), UInt8(ascii: "{"): try cursor.skipValue(toleratingWords: true)
      default: amounts[name] = try amount(&cursor)
      }
      more = try cursor.nextMember()
    }
    return (texts, amounts)
  }

  private static func amount(_ cursor: inout JSONCursor) throws(JSONFault) -> Amount {
    let start = cursor.offset
    let number = try? cursor.decimal()
    cursor.offset = start
    let isNull = cursor.takeNull()
    cursor.offset = start
    let isWhole = (try? cursor.skipValue()) != nil
    cursor.offset = start
    try cursor.skipValue(toleratingWords: true)
    guard isWhole else { return .notANumber }
    return number.map { .number($0) } ?? (isNull ? .absent : .notANumber)
  }
}
