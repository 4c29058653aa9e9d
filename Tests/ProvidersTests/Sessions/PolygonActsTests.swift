import Market
import Support
import Testing

@testable import Providers

/// Lists of acts of a made-up share, and the answers of Polygon that hold nothing.
@Suite struct PolygonActsTests {
  private static let now = "2024-11-07T12:00:00Z"
  private static let days = "/v2/aggs/ticker/ACME/range/1/day/"

  private func request(_ first: String = "2024-10-31", _ last: String = "2024-11-05") -> Request {
    Request(provider: "polygon", path: "\(Self.days)\(first)/\(last)", query: [QueryItem("adjusted", "true")])
  }

  private func read(_ body: String, status: Int = 200, _ asked: Request) throws -> Reading {
    try Polygon().read(answer(body, status: status, at: Self.now), to: asked)
  }

  private func refusal(_ body: String, status: Int = 200, _ asked: Request? = nil) -> ReadingError? {
    fault { () throws(ReadingError) in
      try Polygon().read(answer(body, status: status, at: Self.now), to: asked ?? request())
    }
  }

  // MARK: Acts

  private func acts(_ rows: String, _ list: PolygonActs = .splits, of symbol: String = "ACME") throws -> SeriesReading {
    try read(#"{"results":[\#(rows)],"status":"OK"}"#, PolygonAddress.acts(list, of: symbol)).parts[0]
  }

  @Test func `splits are new shares for an old one`() throws {
    let part = try acts(
      """
      {"execution_date":"2024-10-31","split_from":2,"split_to":3,"ticker":"ACME"},
      {"execution_date":"2020-01-02","split_from":8,"split_to":1,"ticker":"ACME"}
      """)
    #expect(part.series == SeriesKey.actions(of: "ACME", at: "polygon"))
    #expect(
      part.facts
        == .actions([
          CorporateAction(day: day("2020-01-02"), kind: .split, value: 0.125),
          CorporateAction(day: day("2024-10-31"), kind: .split, value: 1.5),
        ]))
  }

  @Test func `of one split under two dates the later is believed`() throws {
    let part = try acts(
      """
      {"execution_date":"2022-06-29","split_from":1,"split_to":10,"ticker":"ACME"},
      {"execution_date":"2022-06-22","split_from":1,"split_to":10,"ticker":"ACME"}
      """)
    #expect(part.facts == .actions([CorporateAction(day: day("2022-06-29"), kind: .split, value: 10)]))
    #expect(part.refusals.map(\.detail) == ["the same split again on 2022-06-29"])
  }

  @Test func `payments of a day are summed, gains are their own kind, copies are one, what lies ahead waits`() throws {
    let part = try acts(
      """
      {"cash_amount":9,"dividend_type":"CD","ex_dividend_date":"2024-11-08","ticker":"ACME"},
      {"cash_amount":0.5,"currency":"CAD","dividend_type":"CD","ex_dividend_date":"2024-10-01","ticker":"ACME"},
      {"cash_amount":0.25,"currency":"USD","dividend_type":"CD","ex_dividend_date":"2024-09-03","ticker":"ACME"},
      {"cash_amount":0.25,"currency":"USD","dividend_type":"CD","ex_dividend_date":"2024-09-03","ticker":"ACME"},
      {"cash_amount":1,"dividend_type":"SC","ex_dividend_date":"2024-09-03","ticker":"ACME"},
      {"cash_amount":2,"dividend_type":"LT","ex_dividend_date":"2024-09-03","ticker":"ACME"}
      """, .dividends)
    #expect(
      part.facts
        == .actions([
          CorporateAction(day: day("2024-09-03"), kind: .capitalGain, value: 2),
          CorporateAction(day: day("2024-09-03"), kind: .dividend, value: 1.25),
          CorporateAction(day: day("2024-10-01"), kind: .dividend, value: 0.5, currency: "CAD"),
        ]))
    #expect(part.refusals.isEmpty)
  }

  @Test(arguments: [
    #"{"execution_date":"2024-10-31","split_from":0,"split_to":3,"ticker":"ACME"}"#,
    #"{"execution_date":"2024-10-31","split_from":1,"split_to":1000000,"ticker":"ACME"}"#,
    #"{"execution_date":"31 Oct","split_from":1,"split_to":3,"ticker":"ACME"}"#, "[]", "7",
    #"{"execution_date":"2024-10-31","split_from":1,"split_to":3,"ticker":"OTHER"}"#,
  ]) func `an act without a date or a value, an absurd one, and one of somebody else cost themselves`(row: String)
    throws
  {
    let good = #"{"execution_date":"2020-01-02","split_from":8,"split_to":1,"ticker":"ACME"}"#
    let part = try acts("\(row),\(good)")
    #expect(part.facts.count == 1)
    #expect(part.refusals.count == 1)
  }

  // MARK: Answers without data

  private static let noPlan = """
    {"status":"NOT_AUTHORIZED","request_id":"a","message":"Your plan doesn't include this data timeframe."}
    """

  @Test func `what a plan does not reach back to is an answer without rows`() throws {
    let old = request("2014-11-05", "2022-11-08")
    let reading = try read(Self.noPlan, status: 403, old)
    #expect(reading.isBare)
    #expect(reading.parts[0].covers == span("2014-11-05", "2022-11-08"))
  }

  @Test func `what a plan lacks altogether is refused, and is no fault of the key`() throws {
    let words = "Your plan doesn't include this data timeframe."
    #expect(refusal(Self.noPlan, status: 403) == .refused(status: 403, message: words))
    #expect(
      refusal(Self.noPlan, status: 403, PolygonAddress.acts(.splits, of: "ACME"))
        == .refused(status: 403, message: words))
  }

  @Test func `a key that is not known is refused`() throws {
    let body = #"{"status":"ERROR","request_id":"a","error":"Unknown API Key"}"#
    #expect(refusal(body, status: 401) == .keyRefused(message: "Unknown API Key"))
  }

  @Test func `being asked too often rests it for a minute`() throws {
    let refused = answer(#"{"status":"ERROR","error":"You've exceeded the maximum requests per minute"}"#, status: 429)
    #expect(Polygon().profile.verdict(refused) == .throttled(retryAfter: 60))
    #expect(refusal("", status: 429) == .throttled(retryAfter: 60))
    #expect(Polygon().profile.verdict(answer("{}")) == nil)
  }

  @Test(arguments: [
    "", "[]", "null", #"{"status":"OK","results":[],"results":[]}"#, #"{"status":"OK","results":{}}"#,
    #"{"results":[]}"#, #"{"status":"OK","results":[{"t":1}"#,
  ]) func `half a body, two of one member and a body without its status are no answer`(body: String) throws {
    #expect(refusal(body)?.isShapeChanged == true)
    #expect(refusal(body, PolygonAddress.acts(.dividends, of: "ACME"))?.isShapeChanged == true)
  }

  @Test(arguments: [
    "/v2/aggs/ticker/ACME/prev", "/v2/aggs/ticker/ACME/range/7/minute/1/2", "/v2/aggs/ticker/ACME/range/1/day/b/a",
    "/v2/aggs/ticker/ACME/range/1/day/2024-11-05/2024-11-04", "/v3/reference/splits",
  ]) func `an answer to what was not asked is none of ours`(path: String) throws {
    let request = Request(provider: "polygon", path: path)
    #expect(refusal(#"{"status":"OK","results":[]}"#, request)?.isShapeChanged == true)
  }
}
