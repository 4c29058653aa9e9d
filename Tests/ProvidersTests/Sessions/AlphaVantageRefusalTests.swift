import Market
import Support
import Testing

@testable import Providers

/// The answers of Alpha Vantage that say no under HTTP 200.
@Suite struct AlphaVantageRefusalTests {
  private static let series = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "ACME", interval: .day1)
  private static let minutes = SeriesKey(
    dataset: .bar, provider: "alphavantage", providerSymbol: "ACME", interval: .minute5)
  private static let newest = AlphaVantageAddress.newest(of: series)

  private func refusal(_ body: String, at instant: String = "2024-11-07T12:00:00Z") -> ReadingError? {
    fault { () throws(ReadingError) in try AlphaVantage().read(answer(body, at: instant), to: Self.newest) }
  }

  private func verdict(_ body: String, at instant: String = "2024-11-07T12:00:00Z") -> RetryVerdict? {
    AlphaVantage().profile.verdict(answer(body, at: instant))
  }

  private static let day = """
    {"Information":"We have detected your API key as ABC and our standard API rate limit is 25 requests per day. Please \
    subscribe to any of the premium plans at https://www.alphavantage.co/premium/ to instantly remove all daily rate limits."}
    """
  private static let burst = """
    {"Information":"Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly \
    (1 request per second). You may subscribe to any of the premium plans to lift the free key rate limit (25 requests per \
    day), raise the per-second burst limit, and instantly unlock all premium endpoints"}
    """
  private static let plan = """
    {"Information":"Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to any of the premium \
    plans at https://www.alphavantage.co/premium/ to instantly unlock all premium endpoints"}
    """

  @Test func `the requests of the day are used up until the date changes in New York`() {
    #expect(verdict(Self.day) == .throttled(retryAfter: 17 * 3600))
    #expect(refusal(Self.day) == .throttled(retryAfter: 17 * 3600))
    #expect(verdict(Self.day, at: "2024-07-05T03:59:30Z") == .throttled(retryAfter: 60))
  }

  @Test func `the limit of a second is waited for, though it praises what is paid for and tells that of a day`() {
    #expect(verdict(Self.burst) == .throttled(retryAfter: 2))
    #expect(refusal(Self.burst) == .throttled(retryAfter: 2))
  }

  @Test func `the limit of a minute rests it for one`() {
    let body = #"{"Note":"Our standard API call frequency is 5 calls per minute and 500 calls per day."}"#
    #expect(verdict(body) == .throttled(retryAfter: 60))
    #expect(refusal(body) == .throttled(retryAfter: 60))
  }

  @Test(arguments: [
    #"{"Error Message":"the parameter apikey is invalid or missing. Please claim your free API key"}"#,
    #"{"Information":"The **demo** API key is for demo purposes only. Please claim your free API key"}"#,
  ]) func `a key that is not known is refused, and nobody tries again`(body: String) {
    #expect(verdict(body) == .final)
    #expect(refusal(body)?.isKeyRefused == true)
  }

  @Test func `a call that is called invalid is about a symbol that is not known`() {
    let body = #"{"Error Message":"Invalid API call. Please retry or visit the documentation for TIME_SERIES_DAILY."}"#
    #expect(verdict(body) == .final)
    #expect(refusal(body) == .unknownSymbol("ACME"))
  }

  @Test func `of a month it means that there is nothing`() throws {
    let months = AlphaVantageAddress.whole(of: Self.minutes, span("2024-09-03", "2024-09-05"))
    let reading = try AlphaVantage().read(
      answer(#"{"Error Message":"Invalid API call."}"#, at: "2024-11-07T12:00:00Z"), to: try #require(months.first))
    #expect(reading.isBare)
    #expect(reading.parts[0].covers == span("2024-09-01T00:00:00Z", "2024-09-30T23:59:59Z"))
  }

  @Test func `words that are not known mean to wait, an error that is not known does not`() {
    #expect(verdict(#"{"Information":"Come back later."}"#) == .throttled(retryAfter: nil))
    #expect(refusal(#"{"Note":"Come back later."}"#) == .throttled(retryAfter: nil))
    #expect(verdict(#"{"Error Message":"Something else."}"#) == .final)
    #expect(refusal(#"{"Error Message":"Something else."}"#) == .refused(status: 200, message: "Something else."))
  }

  @Test func `data are none of these, nor is an answer under another status`() {
    #expect(verdict(#"{"Meta Data":{},"Time Series (Daily)":{}}"#) == nil)
    #expect(AlphaVantage().profile.verdict(answer(Self.day, status: 503)) == nil)
  }

  @Test(arguments: ["", "[]", "null", "timestamp,open,high,low,close,volume\n", "<html>", #"{"Meta Data":{}}"#])
  func `what is no answer is refused`(body: String) {
    #expect(refusal(body) != nil)
  }

  // MARK: What is not told to this key

  private func beyondPlan(_ request: Request, at instant: String) throws -> SeriesReading {
    try AlphaVantage().read(answer(Self.plan, at: instant), to: request).parts[0]
  }

  @Test func `the newest days are told to every key, and what lies before them is absent for this one`() throws {
    let full = try #require(AlphaVantageAddress.whole(of: Self.series, span("2022-11-07", "2024-11-06")).first)
    let part = try beyondPlan(full, at: "2024-11-07T12:00:00Z")
    #expect(part.isBare)
    // The newest final day is the 6th; 100 sessions before it.
    #expect(part.covers == span("2022-11-07T12:00:00Z", "2024-06-14T00:00:00Z"))
    let newest = AlphaVantageNewest(rhythm: AlphaVantageAddress.rhythm(of: Self.series))
    #expect(newest.includes(time("2024-06-18"), at: time("2024-11-07T12:00:00Z")))
    #expect(verdict(Self.plan) == .final)
  }

  @Test func `so is a month that lies before the newest rows; one that holds them proves nothing`() throws {
    let months = AlphaVantageAddress.whole(of: Self.minutes, span("2024-10-03", "2024-11-06"))
    #expect(
      try beyondPlan(months[0], at: "2024-11-07T12:00:00Z").covers
        == span("2024-10-01T00:00:00Z", "2024-10-31T23:59:59Z"))
    #expect(try beyondPlan(months[1], at: "2024-11-07T12:00:00Z").covers == nil)
  }

  @Test func `where the newest rows or acts are not told either, it is refused`() {
    #expect(refusal(Self.plan)?.isRefused == true)
  }
}

extension ReadingError {
  var isKeyRefused: Bool {
    if case .keyRefused = self { true } else { false }
  }
  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}
