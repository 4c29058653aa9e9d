import Market

/// What is asked of the SEC, and where what was filed can be read.
enum SECAddress {
  /// The server that hands out the list of filers, and the documents.
  static let pages = RequestHost("www.sec.gov")!  // A name written here.

  /// Which filer each ticker stands for.
  static let tickers = Request(
    provider: SEC.name, host: pages, path: "/files/company_tickers.json", maximumBytes: 16 << 20,
    timeLimit: 60)

  /// What a filer filed, the newest thousand documents first.
  ///
  /// - Parameter ticker: of which of its shares that is to be noted. It stands behind `#`, so that it is kept with the
  ///   request and not sent.
  static func submissions(of filer: Int64, as ticker: String) -> Request {
    Request(
      provider: SEC.name, path: "/submissions/CIK\(padded(filer)).json#\(ticker.percentEncoded)",
      maximumBytes: 16 << 20, timeLimit: 60)
  }

  /// The filer that a request asks about, and for which share; `nil` for another request.
  static func asked(in request: Request) -> (filer: Int64, ticker: String)? {
    let (start, end) = ("/submissions/CIK", ".json")
    let parts = request.path.split(separator: "#", omittingEmptySubsequences: false)
    guard request.host == nil, parts.count == 2, parts[0].hasPrefix(start), parts[0].hasSuffix(end),
      let filer = number(parts[0].dropFirst(start.count).dropLast(end.count), digits: 10...10),
      let ticker = String(parts[1]).percentDecoded, !ticker.isEmpty
    else { return nil }
    return (filer, ticker)
  }

  /// A number of a filer, padded with zeros or not.
  static func number(_ text: some StringProtocol, digits: ClosedRange<Int> = 1...10) -> Int64? {
    digits.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
      ? Int64(text) : nil
  }

  /// Its document; its folder where that has a name that nobody should follow.
  static func document(_ name: String, of accession: String, from filer: Int64) -> String {
    let folder =
      "https://www.sec.gov/Archives/edgar/data/\(filer)/\(accession.filter { $0 != "-" })/"
    let isPlain =
      !name.isEmpty && name.utf8.count <= 200
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !["", ".", ".."].contains($0) })
      && !name.hasPrefix("/")
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || "._-/".utf8.contains($0)
      }
    return isPlain ? folder + name : folder
  }

  private static func padded(_ filer: Int64) -> String {
    let digits = String(filer)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}
