import Formats
import Market

/// One sample as sent.
struct CoinGeckoSample {
  let milliseconds: Int64
  /// `nil` if it is no number; the sample is then refused.
  let price: Double?
  let marketCap: Double?
  let volume24h: Double?
  let excerpt: String
}

/// `{"prices":[[ms,number],…],"market_caps":[…],"total_volumes":[…]}`: three series over the same instants.
struct CoinGeckoChart {
  private var prices: [Pair] = []
  private var marketCaps: [Int64: Double] = [:]
  private var volumes: [Int64: Double] = [:]
  private var hasPrices = false

  private struct Pair {
    let milliseconds: Int64
    let value: Double?
    let excerpt: String
  }

  static func samples(in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    let chart = try readingDocument(body) { (cursor) throws(JSONFault) in try CoinGeckoChart(&cursor) }
    guard chart.hasPrices else {
      throw .shapeChanged(expected: "a member 'prices'", found: "none", offset: nil)
    }
    return chart.prices.map {
      CoinGeckoSample(
        milliseconds: $0.milliseconds, price: $0.value, marketCap: chart.marketCaps[$0.milliseconds],
        volume24h: chart.volumes[$0.milliseconds], excerpt: $0.excerpt)
    }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var more = try cursor.enterObject()
    while more {
      switch try cursor.memberName() {
      case "prices":
        hasPrices = true
        prices = try Self.pairs(&cursor)
      case "market_caps": marketCaps = Self.byInstant(try Self.pairs(&cursor))
      case "total_volumes": volumes = Self.byInstant(try Self.pairs(&cursor))
      default: try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
  }

  private static func byInstant(_ pairs: [Pair]) -> [Int64: Double] {
    Dictionary(pairs.compactMap { pair in pair.value.map { (pair.milliseconds, $0) } }, uniquingKeysWith: { $1 })
  }

  /// Pairs whose instant cannot be read are kept with an impossible one, so that they are refused and not lost.
  private static func pairs(_ cursor: inout JSONCursor) throws(JSONFault) -> [Pair] {
    var pairs: [Pair] = []
    if cursor.takeNull() { return pairs }
    var more = try cursor.enterArray()
    while more {
      let start = cursor.offset
      let (instant, value) = (try? pair(&cursor)) ?? (nil, nil)
      cursor.offset = start
      try cursor.skipValue(toleratingWords: true)
      pairs.append(
        Pair(milliseconds: instant ?? .min, value: value, excerpt: Excerpt.of(cursor.bytes(from: start))))
      more = try cursor.nextElement()
    }
    return pairs
  }

  private static func pair(_ cursor: inout JSONCursor) throws(JSONFault) -> (Int64?, Double?) {
    guard try cursor.enterArray() else { throw JSONFault(.integer, at: cursor.offset) }
    let instant = try cursor.integer()
    guard (try? cursor.nextField()) != nil, !cursor.takeNull() else { return (instant, nil) }
    return (instant, try? cursor.decimal())
  }
}
