import Rendering
import Testing

@Suite struct NearNamesTests {
  private let names = ["ohlc_hourly", "sentiment_daily", "sentiment", "status", "bar", "BTC"]

  @Test(arguments: [
    ("ohlc_hourli", ["ohlc_hourly"]), ("OHLC-hourly", ["ohlc_hourly"]), ("sentimnet", ["sentiment"]),
    ("stats", ["status"]), ("btx", ["BTC"]), ("senti", ["sentiment_daily", "sentiment"]), ("abr", ["bar"]),
    ("nonsense", []), ("", []), ("x", []), ("status", []),
  ])
  func `a slip of the hand finds the name that was meant`(typed: String, near: [String]) {
    #expect(nearNames(to: typed, among: names) == near)
  }

  @Test func `the names are told in words, or nothing is`() {
    #expect(meantText("stats", among: names) == " (did you mean 'status'?)")
    #expect(meantText("senti", among: names) == " (did you mean 'sentiment_daily' or 'sentiment'?)")
    #expect(meantText("nonsense", among: names) == "")
  }
}
