import Foundation
import Market
import Support
import Testing

@testable import Store

/// Tables with splits and dividends, some of them damaged, as they are imported.
@Suite struct TroubledActsTests {
  private func marks(
    _ bytes: [UInt8], _ interval: Interval = .day1, _ assetClass: AssetClass = .stock, partSize: Int? = nil
  ) throws -> [String] {
    let importing = try Importing()
    let order = Importing.bars(interval, asset: "ACME", assetClass)
    if let partSize {
      try importing.bring(bytes, order, partSize: partSize)
    } else {
      try importing.bring(bytes, order)
    }
    return try importing.store.rows("SELECT rule, date(at, 'unixepoch') FROM quality_flag ORDER BY at, rule")
  }

  private static let head = "Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\n"

  @Test func `what a table tells of acts is held against its prices, whatever its order`() throws {
    let rows = [
      "2023-03-28,20700,20710,20700,20710,20439,100,0,0", "2023-03-29,4206,4206,4206,4206,4151,100,0,0",
      "2023-03-30,4161,4161,4161,4161,4161,100,55,5", "2023-03-31,4200,4200,4200,4200,4200,100,90,0",
    ]
    let expected = ["jump|2023-03-29", "split|2023-03-29", "dividend|2023-03-31"]
    #expect(try marks(Array((Self.head + rows.joined(separator: "\n") + "\n").utf8)) == expected)
    #expect(try marks(Array((Self.head + rows.reversed().joined(separator: "\n") + "\n").utf8)) == expected)
  }

  @Test func `a split as traded is no jump`() throws {
    let rows = ["2020-08-28,500,505,495,499.2,124.8,100,0,1", "2020-08-31,127.6,131,126,129,129,400,0,4"]
    let head = "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient\n"
    #expect(try marks(Array((head + rows.joined(separator: "\n") + "\n").utf8)) == [])
    let untold = rows.map { $0.replacing(",0,4", with: ",0,1") }
    #expect(try marks(Array((head + untold.joined(separator: "\n") + "\n").utf8)) == ["jump|2020-08-31"])
  }

  @Test func `a share that jumps over a weekend is marked`() throws {
    let rows = ["2023-05-19,0.053,0.053,0.053,0.053,0.053,10,0,0", "2023-05-22,0.12,0.12,0.12,0.12,0.12,10,0,0"]
    #expect(try marks(Array((Self.head + rows.joined(separator: "\n") + "\n").utf8)) == ["jump|2023-05-22"])
  }

  @Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct Recorded {
    private func marks(_ file: String, _ interval: Interval, _ assetClass: AssetClass = .stock) throws -> Set<String> {
      let bytes = try #require(MarketData.bytes("history/equities/\(file)"))
      let rows = try TroubledActsTests().marks(bytes, interval, assetClass)
      return Set(rows.map { String($0.prefix { $0 != "|" }) })
    }

    @Test(arguments: [
      ("AET-L-1d-100x-error", Interval.day1, "unit"), ("SSW-JO-1d-100x-error", .day1, "unit"),
      ("ASAI-L-1h-bad-unit", .hour1, "unit"), ("4063-T-1d-bad-stock-split", .day1, "split"),
      ("DEX-AX-1d-bad-stock-split", .day1, "split"), ("AV-L-1wk-bad-stock-split", .week1, "split"),
      ("SSNLF-1d-bad-div", .day1, "dividend"), ("KME-MI-1d-bad-div", .day1, "dividend"),
      ("JENYX-1d-cg-double-count", .day1, "dividend"), ("8TRA-DE-1d-missing-div-adjust", .day1, "dividend"),
    ])
    func `each damaged file is marked for what is wrong with it`(file: String, interval: Interval, rule: String) throws
    {
      let found = try marks("corrupt_actions/\(file).csv", interval, file.hasPrefix("JENYX") ? .fund : .stock)
      #expect(found.contains(rule), "\(found)")
    }

    @Test(arguments: [
      ("EA-15m-no-bad-divs", Interval.minute15), ("AET-L-1d-100x-error-fixed", .day1),
      ("4063-T-1d-bad-stock-split-fixed", .day1),
    ])
    func `of sound files nothing is marked about splits, dividends and units`(file: String, interval: Interval) throws {
      #expect(try marks("corrupt_actions/\(file).csv", interval).isDisjoint(with: ["split", "dividend", "unit"]))
    }

    @Test func `of shares with twenty years of acts none is marked`() throws {
      let folder = try #require(MarketData.folder) + "/history/equities/daily_actions"
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".csv") }
      #expect(names.count == 34)
      for name in names.sorted() {
        let found = try marks("daily_actions/\(name)", .day1)
        #expect(found.isDisjoint(with: ["split", "dividend", "unit"]), "\(name): \(found)")
      }
    }
  }
}
