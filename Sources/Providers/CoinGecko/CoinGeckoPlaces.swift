import Formats
import Market

/// Finds sampled prices: of the samples within one second the last, with the market figures of the same millisecond.
enum CoinGeckoPlaces {
  static func inChart(_ figure: Figure, _ body: [UInt8]) -> Place? {
    let name: String
    switch figure.field {
    case .price: name = "prices"
    case .marketCap: name = "market_caps"
    case .volume24h: name = "total_volumes"
    default: return nil
    }
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let members = try? cursor.members(), let prices = members["prices"], let wanted = members[name],
        let sample = last(in: prices, &cursor, where: { $0 / 1000 == figure.at.epochSeconds }),
        let found = last(in: wanted, &cursor, where: { $0 == sample.milliseconds })
      else { return nil }
      let path = JSONPath.root.member(name).element(found.number).element(1)
      return Place(path: .json(path.text), bytes: found.bytes, rule: .number)
    }
  }

  private struct Pair {
    let milliseconds: Int64
    let number: Int
    let bytes: Range<Int>
  }

  /// The pair with the greatest instant among those wanted, of equal ones the last; pairs without a number do not count.
  private static func last(
    in array: Range<Int>, _ cursor: inout JSONCursor, where isWanted: (Int64) -> Bool
  ) -> Pair? {
    var best: Pair?
    cursor.offset = array.lowerBound
    _ = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Never? in
      guard (try? cursor.enterArray()) == true, let milliseconds = try? cursor.integer(), isWanted(milliseconds),
        milliseconds >= best?.milliseconds ?? .min, (try? cursor.nextField()) != nil
      else { return nil }
      let start = cursor.offset
      guard (try? cursor.decimal()) != nil else { return nil }
      cursor.offset = start
      best = Pair(milliseconds: milliseconds, number: number, bytes: try cursor.extentOfValue())
      return nil
    }
    return best
  }

  /// `$[0].current_price` in the list of markets.
  static func inMarkets(_ figure: Figure, _ body: [UInt8]) -> Place? {
    let names: [FigureField: String] = [
      .price: "current_price", .marketCap: "market_cap", .volume24h: "total_volume",
      .circulatingSupply: "circulating_supply", .totalSupply: "total_supply",
    ]
    guard let name = names[figure.field] else { return nil }
    return JSONCursor.reading(body) { cursor -> Place? in
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let members = try cursor.members()
        guard let id = members["id"], let bytes = members[name] else { return nil }
        cursor.offset = id.lowerBound
        guard try cursor.text().string == figure.series.providerSymbol else { return nil }
        return Place(path: .json(JSONPath.root.element(number).member(name).text), bytes: bytes, rule: .number)
      }
      return found ?? nil
    }
  }

  /// `$.bitcoin.usd` in the simple prices.
  static func inSimple(_ figure: Figure, _ body: [UInt8]) -> Place? {
    let names: [FigureField: String] = [.price: "usd", .marketCap: "usd_market_cap", .volume24h: "usd_24h_vol"]
    let coin = figure.series.providerSymbol
    guard let name = names[figure.field] else { return nil }
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let entry = (try? cursor.members())?[coin] else { return nil }
      cursor.offset = entry.lowerBound
      guard let bytes = (try? cursor.members())?[name] else { return nil }
      return Place(path: .json(JSONPath.root.member(coin).member(name).text), bytes: bytes, rule: .number)
    }
  }
}
