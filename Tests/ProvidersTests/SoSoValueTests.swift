import Market
import Support
import Testing

@testable import Providers

private func key(_ asset: String) -> SeriesKey {
  SeriesKey(dataset: .etfFlow, provider: "sosovalue", providerSymbol: asset, interval: .day1)
}

private let summary = SoSoValueAddress.summary(of: "btc", limit: 31)
private let now = "2025-09-19T22:30:00Z"

struct SoSoValueTests {
  @Test func `a month of sums is one request`() {
    let want = Want(series: key("btc"), span: span("2025-08-20", "2025-09-19"))
    #expect(
      SoSoValue().requests(for: want, at: time(now)).map(\.target) == [
        "/etfs/summary-history?symbol=BTC&country_code=US&limit=31"
      ])
  }

  @Test func `for more than a month the older chart is asked besides`() {
    let requests = SoSoValue().requests(
      for: Want(series: key("eth"), span: span("2025-08-19", "2025-09-19")), at: time(now))
    #expect(requests.map(\.path) == ["/openapi/v2/etf/historicalInflowChart", "/etfs/summary-history"])
    #expect(requests.map(\.method) == [.post, .get])
    #expect(String(decoding: requests.first?.body ?? [], as: UTF8.self) == #"{"type":"us-eth-spot"}"#)
    #expect(requests.compactMap(SoSoValueAddress.question).map(\.asset) == ["eth", "eth"])
  }

  @Test func `tickers are asked for one by one, those of the other asset not at all`() {
    let want = Want(series: key("btc"), span: span("2025-09-10", "2025-09-19"), tickers: ["IBIT", "ETHA", "FBTC"])
    #expect(
      SoSoValue().requests(for: want, at: time(now)).map(\.target) == [
        "/etfs/IBIT/history?limit=10", "/etfs/FBTC/history?limit=10",
      ])
  }

  @Test func `the key is required and no part of a request`() {
    #expect(
      SoSoValue().profile.credential
        == Credential(
          header: "x-soso-api-key", setting: "SOSOVALUE_API_KEY", isRequired: true))
    #expect(summary.headers.isEmpty)
  }

  @Test(arguments: [
    #"[{"date":"2025-09-18","total_net_inflow":-23500000.4999,"total_net_assets":56216535367.5},{"date":"2025-09-17","total_net_inflow":null}]"#,
    #"{"code":0,"msg":null,"data":{"list":[{"date":"2025-09-18","totalNetInflow":"-23500000.4999","totalNetAssets":"5.62165353675e10"},{"date":"2025-09-17","totalNetInflow":null,"totalNetAssets":null}]}}"#,
    #"{"code":0,"data":[{"date":1758067200000,"totalNetInflow":null},{"date":"1758153600000","totalNetInflow":-23500000.4999,"totalNetAssets":56216535367.5}]}"#,
  ])
  func `all shapes and both generations give the same sums`(body: String) throws {
    let reading = try SoSoValue().read(answer(body, at: now), to: summary)
    #expect(reading.series == key("btc"))
    #expect(
      reading.facts
        == .flows([
          EtfFlow(day: day("2025-09-17"), ticker: "TOTAL", netFlowUSD: nil),
          EtfFlow(day: day("2025-09-18"), ticker: "TOTAL", netFlowUSD: -23_500_000, netAssetsUSD: 56_216_535_368),
        ]))
    #expect(reading.refusals.isEmpty)
    #expect(reading.covers == span("2025-09-17", "2025-09-18"))
  }

  @Test func `the history of a fund belongs to the asset it holds`() throws {
    let body = #"[{"date":"2025-09-18","ticker":"ETHA","net_inflow":3000000,"net_assets":5000000}]"#
    let reading = try SoSoValue().read(answer(body, at: now), to: SoSoValueAddress.history(ofFund: "ETHA", limit: 5))
    #expect(reading.series == key("eth"))
    #expect(
      reading.facts.flows == [
        EtfFlow(day: day("2025-09-18"), ticker: "ETHA", netFlowUSD: 3_000_000, netAssetsUSD: 5_000_000)
      ])
  }

  @Test(arguments: [
    (#"{"date":"2025-09-18","ticker":"FBTC","net_inflow":1}"#, RefusalReason.contradictory),
    (#"{"date":"2025-09-18","net_inflow":"abc"}"#, .notANumber),
    (#"{"date":"2025-09-18","net_inflow":[]}"#, .notANumber),
    (#"{"date":"2025-09-18","net_inflow":1e30}"#, .notANumber), (#"{"date":"2025-09-18","flow":1}"#, .malformed),
    (#"{"date":"2025-02-30","net_inflow":1}"#, .malformed), (#"{"net_inflow":1}"#, .malformed), ("7", .malformed),
    (#"{"date":"2025-09-20","net_inflow":1}"#, .wrongTime),
    (#"{"date":"2025-09-18","net_inflow":1,"net_assets":-1}"#, .outOfBounds),
  ])
  func `a row that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let body = #"[{"date":"2025-09-17","ticker":"IBIT","net_inflow":1},\#(bad)]"#
    let reading = try SoSoValue().read(answer(body, at: now), to: SoSoValueAddress.history(ofFund: "IBIT", limit: 5))
    #expect(reading.facts.count == 1)
    #expect(reading.refusals.map(\.reason) == [reason])
  }

  @Test(arguments: [
    (401, #"{"code":401,"message":"AUTH_REQUIRED","details":{}}"#, ReadingError.keyRefused(message: "AUTH_REQUIRED")),
    (403, #"{"code":403,"message":"PERMISSION_DENIED"}"#, .keyRefused(message: "PERMISSION_DENIED")),
    (200, #"{"code":1,"msg":"Invalid parameter","data":null}"#, .refused(status: 200, message: "Invalid parameter")),
    (200, #"{"code":1,"msg":"RATE_LIMITED"}"#, .throttled(retryAfter: nil)),
    (500, #"{"code":500,"message":"INTERNAL_ERROR"}"#, .outOfOrder(status: 500, message: "INTERNAL_ERROR")),
    (200, "[]", .empty), (200, #"{"code":0,"data":{"list":[]}}"#, .empty),
    (400, #"{"code":40001,"message":"x","details":{"field":"symbol","value":"XYZ"}}"#, .unknownSymbol("XYZ")),
    (200, #"{"code":0,"data":null}"#, .shapeChanged(expected: "an array of days", found: "none", offset: nil)),
  ])
  func `an error says what it means`(status: Int, body: String, error: ReadingError) {
    let refused = answer(body, status: status, at: now)
    #expect(fault { () throws(ReadingError) in try SoSoValue().read(refused, to: summary) } == error)
  }

  @Test func `the wait may stand in a header of its own`() {
    let reset = "\((time(now).epochSeconds + 42) * 1000)"
    let refused = answer("{}", status: 429, at: now, headers: [HeaderField("x-ratelimit-reset", reset)])
    #expect(
      fault { () throws(ReadingError) in try SoSoValue().read(refused, to: summary) } == .throttled(retryAfter: 42))
  }

  @Test func `nothing is taken from a body that is cut`() {
    let body = #"{"code":0,"data":[{"date":"2025-09-18","totalNetInflow":1}]}"#
    for length in 0..<body.utf8.count {
      let cut = answer(String(body.prefix(length)), at: now)
      #expect(fault { () throws(ReadingError) in try SoSoValue().read(cut, to: summary) }?.isShapeChanged == true)
    }
  }
}

@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct SoSoValueRecordedTests {
  @Test func `the documented examples are read`() throws {
    let sums = try SoSoValue().read(
      answer(try recorded("sosovalue/docs-sample-v1-summary-history.json"), at: "2024-04-15T00:00:00Z"), to: summary)
    #expect(
      sums.facts.flows == [
        EtfFlow(day: day("2024-04-11"), ticker: "TOTAL", netFlowUSD: 91_269_283, netAssetsUSD: 59_225_065_270),
        EtfFlow(day: day("2024-04-12"), ticker: "TOTAL", netFlowUSD: -55_066_297, netAssetsUSD: 56_216_535_367),
      ])
    let fund = try SoSoValue().read(
      answer(try recorded("sosovalue/docs-sample-v1-ticker-history.json"), at: "2024-04-15T00:00:00Z"),
      to: SoSoValueAddress.history(ofFund: "IBIT", limit: 1))
    #expect(
      fund.facts.flows == [
        EtfFlow(day: day("2024-04-12"), ticker: "IBIT", netFlowUSD: 3_000_000, netAssetsUSD: 5_000_000)
      ])
  }

  @Test(arguments: [
    ("docs-sample-error-429.json", 429, ReadingError.throttled(retryAfter: 45)),
    ("docs-sample-error-400.json", 400, .refused(status: 400, message: "Invalid parameter")),
  ])
  func `a documented error says what it means`(file: String, status: Int, error: ReadingError) throws {
    let refused = answer(try recorded("sosovalue/\(file)"), status: status)
    #expect(fault { () throws(ReadingError) in try SoSoValue().read(refused, to: summary) } == error)
  }
}
