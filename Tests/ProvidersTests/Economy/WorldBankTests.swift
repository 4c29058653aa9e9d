import Market
import Support
import Testing

@testable import Providers

private let symbol = WorldBankSymbol("DEU:NY.GDP.MKTP.CD")!
private let request = WorldBankAddress.values(symbol, years: 2000...2024)

private func row(_ date: String, _ value: String, country: String = "DEU") -> String {
  """
  {"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP (current US$)"},"country":{"id":"DE","value":"Germany"},
  "countryiso3code":"\(country)","date":"\(date)","value":\(value),"unit":"","decimal":0}
  """
}

private func body(_ rows: [String], pages: String = "1", updated: String = "2024-03-28") -> String {
  "[{\"page\":1,\"pages\":\(pages),\"per_page\":\"2000\",\"total\":3,\"lastupdated\":\"\(updated)\"},[\(rows.joined(separator: ","))]]"
}

private func read(_ text: String, status: Int = 200) throws(ReadingError) -> Reading {
  try WorldBank().read(answer(text, status: status, at: "2024-09-20T22:30:00Z"), to: request)
}

private func rows(_ reading: Reading) -> [FactRow] {
  if case .rows(let rows) = reading.facts.typed { rows } else { [] }
}

struct WorldBankTests {
  @Test func `all years of one country are asked for in one`() {
    let want = Want(
      series: .observations(of: "DEU:NY.GDP.MKTP.CD", at: "worldbank"), span: span("2000-01-01", "2024-09-20"))
    #expect(
      WorldBank().requests(for: want, at: time("2024-09-20")).map(\.target) == [
        "/v2/country/DEU/indicator/NY.GDP.MKTP.CD?format=json&per_page=2000&date=2000:2024"
      ])
  }

  @Test(arguments: ["", "DEU", "DEU:", ":X", "deu:NY", "DEU:NY GDP", "DEUX:NY", "DEU:NY/../x", "DEU:A:B"])
  func `what is no country and indicator is no symbol`(text: String) { #expect(WorldBankSymbol(text) == nil) }

  @Test func `rows of the country become values, published when the database was updated`() throws {
    let reading = try read(
      body([row("2024", "null"), row("2023", "4456081016705.91"), row("2022", "1", country: "FRA")]))
    #expect(rows(reading).map { $0.values[0].number } == [4_456_081_016_705.91, nil])
    #expect(rows(reading).allSatisfy { $0.key.parts[1] == .day(day("2024-03-28")) })
  }

  @Test func `a database updated tomorrow was so when it answered`() throws {
    #expect(try rows(read(body([row("2023", "1")], updated: "2025-01-01")))[0].key.parts[1] == .day(day("2024-09-20")))
  }

  @Test(arguments: [("2012M03", "2012-03-01"), ("2013Q4", "2013-10-01"), ("1999", "1999-01-01")])
  func `periods of any length begin on their first day`(text: String, first: String) throws {
    #expect(try rows(read(body([row(text, "1")])))[0].key.at?.day == day(first))
  }

  @Test func `a value of a year that has not begun is refused, and none of it is left out`() throws {
    let reading = try read(body([row("2026", "null"), row("2025", "1"), row("2020", "2")]))
    #expect(rows(reading).count == 1 && reading.refusals.map(\.reason) == [.wrongTime])
  }

  @Test(arguments: ["2012M13", "2013Q5", "23", "199", "abcd", "2012-03"])
  func `a row without a period costs only itself`(text: String) throws {
    let reading = try read(body([row(text, "1"), row("2020", "2")]))
    #expect(rows(reading).count == 1 && reading.refusals.map(\.reason) == [.wrongTime])
  }

  @Test func `an error under HTTP 200 is one, and so is a page of several`() {
    let unknown =
      #"[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]"#
    #expect(fault { () throws(ReadingError) in try read(unknown) } == .unknownSymbol("DEU:NY.GDP.MKTP.CD"))
    #expect(
      fault { () throws(ReadingError) in try read(body([row("2023", "1")], pages: "2")) }?.isShapeChanged == true)
    #expect(fault { () throws(ReadingError) in try read(body([])) } == .empty)
    #expect(fault { () throws(ReadingError) in try read("<html>portal</html>") } != nil)
    #expect(fault { () throws(ReadingError) in try read(String(body([row("2023", "1")]).dropLast())) } != nil)
  }

  @Test func `a series is described by its indicator and its country, whose names are made fit to be shown`() throws {
    let text = body([row("2023", "1").replacing("Germany", with: "Ger\\u202emany")])
    let told = try WorldBank().description(of: "DEU:NY.GDP.MKTP.CD", in: [(answer(text), request)])
    #expect(told.title == "GDP (current US$), Ger many" && told.units == "current US$" && told.frequency == .yearly)
  }

  @Test func `a value is found where it stands`() throws {
    let text = body([row("2024", "null"), row("2023", "4456081016705.91")])
    let reading = try read(text)
    let figure = Figure(series: reading.series, key: reading.facts.key(at: 0), field: .value)
    let place = try #require(WorldBank().locate(figure, in: answer(text), to: request))
    #expect(place.value(in: Array(text.utf8)) == .number(4_456_081_016_705.91))
    #expect(place.path.description == "$[1][1].value")
  }
}
