import Formats
import Market

/// One sample as sent.
struct CoinGeckoSample {
  let milliseconds: Int64
  let price: Amount
  let marketCap: Amount
  let volume24h: Amount
  let excerpt: String
}

/// `{"prices":[[ms,number],…],"market_caps":[…],"total_volumes":[…]}`: three series over the same instants.
struct CoinGeckoChart {
  private var prices: [Pair] = []
  private var marketCaps: [Int64: Amount] = [:]
  private var volumes: [Int64: Amount] = [:]
  private var hasPrices = false

  private struct Pair {
    let milliseconds: Int64
    let value: Amount
    let excerpt: String
  }

  static func samples(in body: [UInt8]) throws(ReadingError) -> [CoinGeckoSample] {
    let chart = try readingDocument(body) { (cursor) throws(JSONFault) in try CoinGeckoChart(&cursor) }
    guard chart.hasPrices else {
      throw .shapeChanged(expected: "a member 'prices'", found: "none", offset: nil)
    }
    return chart.prices.map {
      CoinGeckoSample(
        milliseconds: $0.milliseconds, price: $0.value, marketCap: chart.marketCaps[$0.milliseconds] ?? .absent,
        volume24h: chart.volumes[$0.milliseconds] ?? .absent, excerpt: $0.excerpt)
    }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var (hasCaps, hasVolumes) = (false, false)
    var more = try cursor.enterObject()
    while more {
      switch try cursor.memberName() {
      case "prices":
        try cursor.meet(&hasPrices)
        prices = try Self.pairs(&cursor)
      case "market_caps":
        try cursor.meet(&hasCaps)
        marketCaps = Self.byInstant(try Self.pairs(&cursor))
      case "total_volumes":
        try cursor.meet(&hasVolumes)
        volumes = Self.byInstant(try Self.pairs(&cursor))
      default: try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
  }

  private static func byInstant(_ pairs: [Pair]) -> [Int64: Amount] {
    Dictionary(pairs.map { ($0.milliseconds, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// Pairs whose instant cannot be read are kept with an impossible one, so that they are refused and not lost.
  private static func pairs(_ cursor: inout JSONCursor) throws(JSONFault) -> [Pair] {
    var pairs: [Pair] = []
    if cursor.takeNull() { return pairs }
    var more = try cursor.enterArray()
    while more {
      let start = cursor.offset
      let (instant, value) = pair(&cursor)
      cursor.offset = start
      let isWhole = (try? cursor.skipValue()) != nil
      cursor.offset = start
      try cursor.skipRow(of: .arrays)
      pairs.append(
        Pair(
          milliseconds: instant ?? .min, value: isWhole ? value : .notANumber,
          excerpt: Excerpt.of(cursor.bytes(from: start))))
      more = try cursor.nextElement()
    }
    return pairs
  }

  private static func pair(_ cursor: inout JSONCursor) -> (Int64?, Amount) {
    guard (try? cursor.enterArray()) == true, let instant = try? cursor.integer() else { return (nil, .absent) }
    guard (try? cursor.nextField()) != nil, !cursor.takeNull() else { return (instant, .absent) }
    return (instant, (try? cursor.decimal()).map(Amount.number) ?? .notANumber)
  }
}
