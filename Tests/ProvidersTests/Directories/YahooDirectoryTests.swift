import Market
import Support
import Testing

@testable import Providers

@Suite struct YahooDirectoryTests {
  private let now = time("2025-09-19T22:30:00Z")

  private func chart(_ meta: String) -> String {
    """
    {"chart":{"result":[{"meta":{\(meta)},"timestamp":[1758202200],
    "indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}
    """
  }

  private func told(_ body: String, status: Int = 200, _ symbol: String = "ACME") throws(ReadingError) -> ToldAsset {
    try Yahoo().description(
      in: answer(body, status: status, at: "2025-09-19T22:30:00Z"), to: Yahoo().request(about: symbol, at: now))
  }

  @Test func `one request asks for the chart of two weeks`() {
    #expect(
      Yahoo().request(about: "^VIX", at: now).target.hasPrefix(
        "/v8/finance/chart/%5EVIX?interval=1d&period1=1757030400&period2=1758326400"))
  }

  @Test(arguments: [
    (#""instrumentType":"EQUITY""#, AssetClass.stock), (#""instrumentType":"ETF""#, .fund),
    (#""instrumentType":"MUTUALFUND""#, .fund), (#""instrumentType":"FUTURE""#, .commodity),
    (#""instrumentType":"INDEX""#, .index), (#""instrumentType":"CURRENCY""#, .currency),
    (#""instrumentType":"CRYPTOCURRENCY""#, .crypto),
  ])
  func `the kind of thing is told`(meta: String, assetClass: AssetClass) throws {
    #expect(try told(chart(#""currency":"USD","# + meta)).assetClass == assetClass)
  }

  @Test func `name, exchange, currency and clocks are told, the longer names first`() throws {
    let asset = try told(
      chart(
        """
        "currency":"EUR","symbol":"SAP.DE","longName":"SAP SE","shortName":"SAP","exchangeName":"GER",
        "fullExchangeName":"XETRA","exchangeTimezoneName":"Europe/Berlin","instrumentType":"EQUITY"
        """))
    #expect(
      asset
        == ToldAsset(
          symbol: "SAP.DE", name: "SAP SE", assetClass: .stock, currency: "EUR", exchange: "XETRA", isAmerican: false))
  }

  @Test func `a name of another kind than a text costs nothing`() throws {
    let asset = try told(
      chart(#""currency":"USD","longName":7,"shortName":"Acme","exchangeTimezoneName":"America/New_York""#))
    #expect(asset.name == "Acme")
    #expect(asset.isAmerican)
  }

  @Test func `what Yahoo does not know is unknown, also where it only says nothing of it`() {
    let unknown =
      #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"#
    #expect(throws: ReadingError.unknownSymbol("NOPE")) { try told(unknown, status: 404, "NOPE") }
    let empty =
      #"{"chart":{"result":[{"meta":{"currency":null,"symbol":"NOPE"},"indicators":{"quote":[{}]}}],"error":null}}"#
    #expect(throws: ReadingError.unknownSymbol("NOPE")) { try told(empty, "NOPE") }
  }
}
