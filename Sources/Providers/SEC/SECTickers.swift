import Formats
import Market

/// `{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."},…}`: the filers by their tickers, of which several may be
/// one filer's. Classes of shares stand behind a dash there: `BRK-B`.
struct SECTickers {
  /// The number of the filer, by ticker; of two rows of a ticker the first counts.
  private(set) var filers: [String: Int64] = [:]

  /// - Throws: also for a list without a single filer.
  init(_ body: [UInt8]) throws(ReadingError) {
    filers = try readingDocument(body) { (cursor) throws(JSONFault) in
      var filers: [String: Int64] = [:]
      try cursor.eachMember { (_, cursor) throws(JSONFault) in
        guard cursor.peek() == UInt8(ascii: "{") else {
          return try cursor.skipValue(toleratingWords: true)
        }
        let (ticker, filer) = try Self.row(&cursor)
        if let ticker, let filer, filers[ticker] == nil { filers[ticker] = filer }
      }
      return filers
    }
    if filers.isEmpty { throw .empty }
  }

  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> (String?, Int64?) {
    var (ticker, filer): (String?, Int64?) = (nil, nil)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "ticker":
        ticker = try cursor.textOrNull().flatMap { (1...20).contains($0.utf8.count) ? $0 : nil }
      case "cik_str":
        filer = try cursor.amount().number.flatMap { Int64(exactly: $0) }.flatMap {
          (1...9_999_999_999).contains($0) ? $0 : nil
        }
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return (ticker, filer)
  }
}
