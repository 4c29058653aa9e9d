import Market
import Testing

@testable import Providers

/// What answers about the state of markets say of New York's session.
@Suite struct SessionToldTests {
  private func told(_ profile: ProviderProfile, _ body: String) throws -> Bool? {
    profile.sessionTold(answer(body, at: "2025-09-19T15:00:00Z"))
  }

  @Test(
    arguments: [
      (#"{"market":"open","exchanges":{"nasdaq":"open","nyse":"open"}}"#, true),
      (#"{"market":"extended-hours","exchanges":{"nyse":"extended-hours"}}"#, false),
      (#"{"exchanges":{"nyse":"closed"}}"#, false), (#"{"exchanges":{"nasdaq":"open"}}"#, nil), ("{}", nil), ("", nil),
      (#"{"exchanges":{"nyse":null}}"#, nil), (#"{"exchanges":{"nyse":"op"#, nil),
    ] as [(String, Bool?)])
  func `of Polygon only what it says of the exchange counts`(body: String, expected: Bool?) throws {
    #expect(try told(Polygon().profile, body) == expected)
  }

  @Test(
    arguments: [
      (#"{"market_type":"Equity","region":"United States","current_status":"open"}"#, true),
      (#"{"market_type":"Equity","region":"United States","current_status":"closed"}"#, false),
      (#"{"market_type":"Equity","region":"Canada","current_status":"open"}"#, nil),
      (#"{"market_type":"Forex","region":"United States","current_status":"open"}"#, nil), ("7", nil), ("", nil),
      (#"{"market_type":"Equity","region":"United States"}"#, nil),
    ] as [(String, Bool?)])
  func `of Alpha Vantage's list only the American stocks count`(row: String, expected: Bool?) throws {
    let body = #"{"endpoint":"Global","markets":[{"region":"Canada","current_status":"open"},\#(row)]}"#
    #expect(try told(AlphaVantage().profile, body) == expected)
    #expect(try told(AlphaVantage().profile, row) == nil, "no list")
    #expect(try told(AlphaVantage().profile, String(body.dropLast(2))) == nil, "cut")
  }

  @Test func `others say nothing`() throws {
    #expect(try told(Yahoo().profile, #"{"exchanges":{"nyse":"open"}}"#) == nil)
  }
}
