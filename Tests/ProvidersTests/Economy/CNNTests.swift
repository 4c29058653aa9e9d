import Market
import Support
import Testing

@testable import Providers

private let request = CNNAddress.days(from: day("2024-09-01"))

private func point(_ day: String, _ value: String, _ rating: String = "\"greed\"") -> String {
  "{\"x\":\(time(day).epochSeconds * 1000).0,\"y\":\(value),\"rating\":\(rating)}"
}

private func body(_ points: [String], _ more: String = "") -> String {
  """
  {"fear_and_greed":{"score":61},"fear_and_greed_historical":{"timestamp":1726871400000.0,"score":61,"rating":"greed",
  "data":[\(points.joined(separator: ","))]}\(more)}
  """
}

private func read(_ text: String, at instant: String = "2024-09-20T22:30:00Z") throws(ReadingError) -> Reading {
  try CNN().read(answer(text, at: instant), to: request)
}

private let vix = """
  ,"market_volatility_vix":{"timestamp":1726871400000.0,"score":47.5,"rating":"neutral",
  "data":[{"x":1726704000000.0,"y":16.33,"rating":"extreme fear"},{"x":1726871400000.0,"y":16.15,"rating":"extreme fear"}]}
  """

struct CNNTests {
  @Test func `it is asked from a day on, as browsers ask`() {
    let series = SeriesKey(dataset: .sentiment, provider: "cnn", providerSymbol: "fgi", interval: .day1)
    let asked = CNN().requests(
      for: Want(series: series, span: span("2019-01-01", "2024-09-20")), at: time("2024-09-20"))
    #expect(asked.map(\.target) == ["/index/fearandgreed/graphdata/2021-02-01"])
    #expect(asked[0].headers.contains { $0.name == "referer" && $0.value.hasPrefix("https://www.cnn.com/") })
    #expect(CNN().profile.userAgent("appliance/0.1.0") == "Mozilla/5.0 (compatible; appliance/0.1.0)")
  }

  @Test func `of two points of the last day the moment of the computation counts`() throws {
    let points = [point("2024-09-19", "63.8"), point("2024-09-20", "60"), point("2024-09-20T22:10:00Z", "61.2")]
    let index = try read(body(points)).parts[0]
    #expect(index.facts.sentiment.map(\.value) == [63.8, 61.2])
    #expect(index.covers == span("2024-09-19", "2024-09-20"))
  }

  @Test(arguments: [("2024-09-20T21:14:59Z", 1), ("2024-09-20T21:15:00Z", 2)])
  func `a day counts from a quarter past nine on`(instant: String, count: Int) throws {
    let text = body([point("2024-09-19", "63.8"), point("2024-09-20", "60")])
    #expect(try read(text, at: instant).parts[0].facts.count == count)
  }

  @Test(arguments: [
    (point("2024-09-18", "101"), RefusalReason.outOfBounds), (point("2024-09-18", "\"NaN\""), .notANumber),
    (point("2024-09-18", "null"), .malformed), (point("2024-09-18T09:00:00Z", "50"), .wrongTime),
    (point("2024-09-14", "50"), .wrongTime), (point("2020-09-18", "50"), .wrongTime), ("7", .malformed),
    (point("2024-09-23", "50"), .wrongTime), (#"{"x":"soon","y":50,"rating":"fear"}"#, .malformed),
  ])
  func `a point that cannot be believed costs only itself`(bad: String, reason: RefusalReason) throws {
    let index = try read(body([point("2024-09-17", "63.8"), bad, point("2024-09-19", "60")])).parts[0]
    #expect(index.facts.count == 2)
    #expect(index.refusals.map(\.reason) == [reason])
  }

  @Test func `a point without a word gets the one that CNN's borders give`() throws {
    let days = ["2024-09-09", "2024-09-10", "2024-09-11", "2024-09-12", "2024-09-13"]
    let points = zip(days, ["24.9", "25", "44.9", "45", "54.9"]).map { point($0, $1, "null") }
    #expect(
      try read(body(points)).parts[0].facts.sentiment.map(\.classification) == [
        "extreme fear", "fear", "fear", "neutral", "neutral",
      ])
  }

  @Test func `a component has its quantity by day and its score on the last, and no word`() throws {
    let reading = try read(body([point("2024-09-19", "63.8")], vix))
    guard case .rows(let rows) = reading.parts[1].facts.typed else { return #expect(Bool(false)) }
    func row(_ day: String, _ measure: MoodComponent.Measure, _ value: Double) -> FactRow {
      MoodComponent(
        day: spelledDay(day), component: "market_volatility_vix", measure: measure, value: value
      ).row
    }
    #expect(
      rows == [
        row("2024-09-19", .quantity, 16.33), row("2024-09-20", .quantity, 16.15), row("2024-09-20", .score, 47.5),
      ])
  }

  @Test func `each figure is found where it stands`() throws {
    let text = body([point("2024-09-19", "63.8"), point("2024-09-20T22:10:00Z", "61.2")], vix)
    for part in try read(text).parts {
      let fields = part.series.dataset == .sentiment ? FactShape.sentiment.fields : FactShape.moodComponent.fields
      for index in 0..<part.facts.count {
        for (field, value) in zip(fields, part.facts.figures(at: index)) {
          let figure = Figure(series: part.series, key: part.facts.key(at: index), field: field)
          let place = try #require(CNN().locate(figure, in: answer(text), to: request), "\(figure)")
          #expect(place.value(in: Array(text.utf8)) == value)
        }
      }
    }
  }

  @Test(arguments: ["", "{}", "[]", #"{"fear_and_greed":{}}"#, body([]), "I'm a teapot"])
  func `an answer without the index is refused`(text: String) {
    #expect(fault { () throws(ReadingError) in try read(text) } != nil)
  }
}

private func spelledDay(_ text: String) -> Day { Day(text) ?? Day(daysSinceEpoch: 0) }
