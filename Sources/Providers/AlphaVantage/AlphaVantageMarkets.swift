import Formats

/// `{"markets":[{"market_type":"Equity","region":"United States","current_status":"closed"}]}`: which of the world's markets
/// are open.
enum AlphaVantageMarkets {
  /// Whether American stocks are traded; `nil` where the answer does not say.
  static func isOpen(in body: [UInt8]) -> Bool? {
    var status: String?
    let read: Void? = try? readingDocument(body) { (cursor) throws(JSONFault) in
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        guard name == "markets" else { return try cursor.skipValue(toleratingWords: true) }
        try cursor.eachObject(Market.init) { market, _, _ in
          if let market, market.kind == "Equity", market.region == "United States" { status = market.status }
        }
      }
    }
    guard read != nil, let status else { return nil }
    return status == "open"
  }

  private struct Market {
    var kind: String?
    var region: String?
    var status: String?

    init(_ cursor: inout JSONCursor) throws(JSONFault) {
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "market_type": kind = try cursor.textOrNull()
        case "region": region = try cursor.textOrNull()
        case "current_status": status = try cursor.textOrNull()
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
    }
  }
}
