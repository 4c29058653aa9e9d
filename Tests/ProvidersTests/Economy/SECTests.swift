import Market
import Support
import Testing

@testable import Providers

private let apple: Int64 = 320_193
private let request = SECAddress.submissions(of: apple, as: "AAPL")

/// Columns of filings: accession, day, form, items, document.
private func body(
  _ rows: [[String]], cik: String = "\"320193\"", more: String = ""
) -> String {
  let names = ["accessionNumber", "filingDate", "form", "items", "primaryDocument"]
  let columns = names.enumerated().map { index, name in
    "\"\(name)\":[\(rows.map { "\"\($0[index])\"" }.joined(separator: ","))]"
  }
  return """
    {"cik":\(cik),"name":"Apple Inc.","tickers":["AAPL"],"filings":{"recent":{\(columns.joined(separator: ","))\(more)},
    "files":[{"name":"CIK0000320193-submissions-001.json"}]}}
    """
}

private let quarter = ["0000320193-24-000081", "2024-08-02", "10-Q", "", "aapl-20240629.htm"]
private let notice = [
  "0000320193-24-000080", "2024-08-01", "8-K", "2.02,9.01", "aapl-20240801.htm",
]

private func read(
  _ text: String, status: Int = 200, at instant: String = "2024-09-20T11:00:00Z"
) throws(ReadingError) -> SECFilings {
  let answer = answer(text, status: status, at: instant)
  try SECErrors.check(answer, about: apple)
  return try SECFilings(of: apple, in: answer)
}

private func refusal(_ text: String, status: Int = 200) -> ReadingError? {
  do throws(ReadingError) {
    _ = try read(text, status: status)
    return nil
  } catch {
    return error
  }
}

struct SECTests {
  private let list = """
    {"0":{"cik_str":1652044,"ticker":"GOOGL","title":"Alphabet"},"1":{"cik_str":1652044,"ticker":"GOOG"},
    "2":{"cik_str":1067983,"ticker":"BRK-B"},"3":{"cik_str":320193,"ticker":"AAPL"},"4":{"cik_str":7,"ticker":"AAPL"},
    "5":{"cik_str":-1,"ticker":"BAD"},"6":{"cik_str":1.5,"ticker":"BAD"},"7":7,"8":{"ticker":7,"cik_str":7}}
    """

  @Test func `a share is asked for by the number of its filer, once that is known`() throws {
    let question = try #require(SEC().questions.first)
    #expect(question.lookup?.request == SECAddress.tickers && question.repeatsItself)
    #expect(SECAddress.tickers.target == "//www.sec.gov/files/company_tickers.json")
    let now = time("2024-09-20T11:00:00Z")
    func asked(_ told: Answer?) -> [Request] {
      let tickers = ["GOOG", "GOOGL", "brk-b", "AAPL", "NOPE", "BAD", "AAPL"]
      return SEC().requests(
        for: Want(question: question, span: now...now, tickers: tickers, lookedUp: told), at: now)
    }
    #expect(
      asked(answer(list)).map(\.target) == [
        "/submissions/CIK0000320193.json#AAPL", "/submissions/CIK0001652044.json#GOOG",
        "/submissions/CIK0001652044.json#GOOGL", "/submissions/CIK0001067983.json#brk-b",
      ])
    #expect(asked(answer(list)).compactMap { SECAddress.asked(in: $0)?.ticker } == ["AAPL", "GOOG", "GOOGL", "brk-b"])
    func unlisted(_ told: Answer?) -> [String] {
      SEC().unlisted(Want(question: question, span: now...now, tickers: ["NOPE", "AAPL", "BAD"], lookedUp: told))
    }
    #expect(unlisted(answer(list)) == ["BAD", "NOPE"] && unlisted(nil).isEmpty && unlisted(answer("<html>")).isEmpty)
    #expect(asked(nil).isEmpty && asked(answer("<html>")).isEmpty)
    let other = Question(provider: "other", name: "filings", step: .events, every: 60)
    #expect(SEC().requests(for: Want(question: other, span: now...now, lookedUp: answer(list)), at: now).isEmpty)
  }

  @Test func `it is asked once a day, when what a day brought is in`() throws {
    let question = try #require(SEC().questions.first)
    let last = time("2024-09-20T05:00:00Z")
    #expect(!question.isDue(at: time("2024-09-21T03:00:00Z"), after: last))
    #expect(question.isDue(at: time("2024-09-21T03:10:00Z"), after: last))
  }

  @Test(arguments: [
    "/submissions/CIK0000320193.json", "/submissions/CIK320193.json#AAPL", "/submissions/CIK0000320193.json#",
    "/submissions/CIK0000320193-submissions-001.json#AAPL", "/api/xbrl/companyfacts/CIK0000320193.json#AAPL",
  ])
  func `answers to other questions are none of ours`(path: String) {
    let request = Request(provider: SEC.name, path: path)
    #expect(
      fault { () throws(ReadingError) in try SEC().read(answer(body([quarter])), to: request) } == .notOurs(request))
  }

  @Test func `the list itself tells of no event`() throws {
    #expect(try SEC().read(answer(list), to: SECAddress.tickers) == Reading([]))
    #expect(throws: ReadingError.self) { try SEC().read(answer("{}"), to: SECAddress.tickers) }
    #expect(throws: ReadingError.self) { try SEC().read(answer(list, status: 403), to: SECAddress.tickers) }
  }

  @Test func `a filing is an event of its share, by day and number, for all days that the list reaches`() throws {
    let old = ["0000320193-24-000001", "2024-01-05", "8-K", "", ""]
    let reading = try SEC().read(answer(body([quarter, notice, old]), at: "2024-09-20T11:00:00Z"), to: request)
    let part = try #require(reading.parts.first)
    #expect(part.series == SeriesKey(dataset: .eventItem, provider: "sec", providerSymbol: "AAPL", interval: .day1))
    #expect(part.covers == time("2024-01-06T00:00:00Z")...time("2024-09-25T00:00:00Z"))
    let key = FactKey(.day(day("2024-08-01")), .text("USD"), .text("filing"), .text("0000320193-24-000080"))
    let row = try #require(part.facts.index(of: key))
    let figures = Dictionary(uniqueKeysWithValues: zip(FactShape.eventItem.fields, part.facts.figures(at: row)))
    #expect(figures[.form] == .text("8-K (2.02, 9.01)"))
    #expect(figures[.kind] == .text("filing") && figures[.day] == .text("2024-08-01") && figures[.at] == .absent)
    #expect(
      figures[.url] == .text("https://www.sec.gov/Archives/edgar/data/320193/000032019324000080/aapl-20240801.htm"))
    let place = SEC().locate(
      Figure(series: part.series, key: key, field: .day), in: answer(body([quarter, notice, old])), to: request)
    #expect(place?.path.description == "$.filings.recent.filingDate[1]")
    #expect(
      SEC().locate(Figure(series: part.series, key: key, field: .url), in: answer(body([notice])), to: request) == nil)
  }

  @Test func `a list with a row that cannot be read says nothing of what it leaves out`() throws {
    #expect(try read(body([quarter, ["", "2024-08-01", "8-K", "", ""]])).covers == nil)
    #expect(try read(body([quarter, ["0000320193-24-000001", "soon", "4", "", ""]])).covers == nil)
  }

  @Test func `a text may be known as a mail address without asking anybody`() throws {
    let credential = try #require(SEC().profile.credential)
    #expect(credential.setting == "SEC_CONTACT" && credential.carrier == .userAgent && credential.isRequired)
    for text in ["name@example.org", "first.last+sec@mail.example.org"] {
      #expect(credential.objection(to: text) == nil)
    }
    for text in [
      "name", "name@example", "@example.org", "a@b@example.org", "name@.org", "name@example.org.", "a b@example.org",
      "https://example.org/@x.y", "(name)@example.org", "näme@example.org",
    ] {
      #expect(credential.objection(to: text) != nil, "\(text)")
    }
  }

  @Test(arguments: ["{}", "{\"0\":7}", "{\"0\":{}}"])
  func `a list without a filer is none`(text: String) {
    #expect(throws: ReadingError.empty) { try SECTickers(Array(text.utf8)) }
  }

  @Test func `reports and notices are kept, by day, and nothing else`() throws {
    let rows = [
      quarter, ["0000320193-24-000079", "2024-08-02", "4", "", "xslF345X03/form4.xml"], notice,
      ["0001193125-24-000001", "2024-02-14", "SC 13G/A", "", "d1.htm"],
      ["0001193125-24-000002", "2024-01-11", "DEF 14A", "", ""],
      ["0001193125-24-000003", "2024-01-10", "S-8", "", "s.htm"],
    ]
    let told = try read(body(rows))
    #expect(told.refusals.isEmpty)
    #expect(told.filings.map(\.title) == ["DEF 14A", "SC 13G/A", "8-K (2.02, 9.01)", "10-Q"])
    #expect(told.filings.last?.day == day("2024-08-02"))
    #expect(
      told.filings.map(\.url).suffix(2) == [
        "https://www.sec.gov/Archives/edgar/data/320193/000032019324000080/aapl-20240801.htm",
        "https://www.sec.gov/Archives/edgar/data/320193/000032019324000081/aapl-20240629.htm",
      ])
    #expect(
      told.filings[0].url == "https://www.sec.gov/Archives/edgar/data/320193/000119312524000002/")
  }

  @Test(arguments: ["\"0000320193\"", "320193", "\"320193\""])
  func `a number is the same with zeros before it`(cik: String) throws {
    #expect(try read(body([quarter], cik: cik)).filings.count == 1)
  }

  @Test(arguments: ["\"320194\"", "null", "\"Apple\"", "\"\""])
  func `filings of somebody else are refused`(cik: String) {
    #expect(refusal(body([quarter], cik: cik))?.isShapeChanged == true)
  }

  @Test func `what is filed on an evening counts for the next business day`() throws {
    let evening = ["0000320193-24-000090", "2024-09-23", "8-K", "5.02", "a.htm"]
    #expect(try read(body([evening])).filings.map(\.day) == [day("2024-09-23")])
  }

  @Test(arguments: [
    (["0000320193-24-000080", "2024-08-32", "8-K", "", "a.htm"], RefusalReason.wrongTime),
    (["0000320193-24-000080", "2025-08-01", "8-K", "", "a.htm"], .wrongTime),
    (["0000320193-24-000080", "1899-08-01", "8-K", "", "a.htm"], .wrongTime),
    (["320193-24-80", "2024-08-01", "8-K", "", "a.htm"], .malformed),
    (["", "2024-08-01", "8-K", "", "a.htm"], .malformed),
  ])
  func `a filing that cannot be believed costs only itself`(bad: [String], reason: RefusalReason)
    throws
  {
    let told = try read(body([quarter, bad]))
    #expect(told.filings.count == 1)
    #expect(told.refusals.map(\.reason) == [reason])
  }

  @Test(arguments: [
    "../../etc/passwd", "a b.htm", "/abs.htm", "javascript:x", "a\\u0000b", "é.htm",
  ])
  func `a name that nobody should follow leads to the folder`(name: String) throws {
    let told = try read(body([["0000320193-24-000081", "2024-08-02", "10-Q", "", name]]))
    #expect(
      told.filings.map(\.url) == [
        "https://www.sec.gov/Archives/edgar/data/320193/000032019324000081/"
      ])
  }

  @Test(arguments: [
    "what?", "2.02,<b>", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21", "123456",
  ])
  func `items that are none are left out`(items: String) throws {
    #expect(
      try read(body([["0000320193-24-000081", "2024-08-02", "8-K", items, "a.htm"]])).filings[0]
        .title == "8-K")
  }

  @Test(arguments: [
    body([quarter], more: #","size":[1,2]"#), body([quarter], more: #","form":["8-K"]"#),
    body([quarter]).replacing("\"filingDate\"", with: "\"filedOn\""),
    "{\"cik\":\"320193\",\"filings\":{}}",
    #"{"cik":"320193","filings":{"recent":{}}}"#, #"{"cik":"320193","filings":{"recent":7}}"#,
    #"{"cik":"320193","filings":{"recent":{"form":{}}}}"#, "[]", "", "{", body([quarter]) + "x",
  ])
  func `columns of unequal lengths and other shapes are refused whole`(text: String) {
    #expect(refusal(text)?.isShapeChanged == true)
  }

  @Test func `a filer who filed nothing is told of as such`() {
    #expect(refusal(body([])) == .empty)
  }

  @Test func `403 is a matter of settings, or of ten minutes`() {
    let page =
      "<html><title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title></html>"
    guard case .keyRefused(let message)? = refusal(page, status: 403) else {
      return #expect(Bool(false))
    }
    #expect(message.contains("SEC_CONTACT"))
    #expect(SECErrors.retry(answer(page, status: 403)) == .final)
    let burst = "<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>"
    #expect(refusal(burst, status: 403) == .throttled(retryAfter: 600))
    #expect(SECErrors.retry(answer(burst, status: 403)) == .throttled(retryAfter: 600))
    #expect(SECErrors.retry(answer(burst, status: 503)) == nil)
    #expect(
      refusal("<Error><Code>NoSuchKey</Code></Error>", status: 404) == .unknownSymbol("CIK 320193"))
    guard case .blocked? = refusal("<html></html>") else { return #expect(Bool(false)) }
  }

  @Test func `the day of a filing is found where it stands`() throws {
    let text = body([quarter, notice])
    let place = try #require(
      SECFilings.place(of: .day, of: "0000320193-24-000080", from: apple, in: Array(text.utf8)))
    #expect(place.path.description == "$.filings.recent.filingDate[1]")
    #expect(place.value(in: Array(text.utf8)) == .text("2024-08-01"))
    #expect(
      SECFilings.place(of: .day, of: "0000320193-24-000099", from: apple, in: Array(text.utf8)) == nil)
    let form = try #require(SECFilings.place(of: .form, of: "0000320193-24-000081", from: apple, in: Array(text.utf8)))
    #expect(form.path.description == "$.filings.recent.form[0]" && form.value(in: Array(text.utf8)) == .text("10-Q"))
    // It is made of two cells.
    #expect(SECFilings.place(of: .form, of: "0000320193-24-000080", from: apple, in: Array(text.utf8)) == nil)
  }

  @Test func `a body cut anywhere gives nothing, and one that is spoilt stops nobody`() {
    let bytes = Array(body([quarter, notice]).utf8)
    let readable = (0..<bytes.count).filter {
      refusal(String(decoding: bytes[..<$0], as: UTF8.self)) == nil
    }
    #expect(readable == [])
    var random = SeededGenerator(seed: 2024)
    for _ in 0..<3000 {
      var spoilt = bytes
      for _ in 0..<3 {
        spoilt[Int.random(in: 0..<spoilt.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let told = try? SECFilings(of: apple, in: answer(spoilt, at: "2024-09-20T11:00:00Z"))
      #expect(
        told?.filings.allSatisfy {
          $0.url.hasPrefix("https://www.sec.gov/Archives/edgar/data/320193/")
        } ?? true)
      _ = try? SECTickers(spoilt)
    }
  }

  @Test func `brackets by the hundred thousand end in a refusal`() {
    for open in ["[", "{\"a\":", "{\"filings\":{\"recent\":{\"form\":["] {
      #expect(refusal(String(repeating: open, count: 100_000)) != nil)
      #expect(throws: ReadingError.self) {
        try SECTickers(Array(String(repeating: open, count: 100_000).utf8))
      }
    }
  }
}

/// Recorded answers of the SEC, each read or refused as the notes beside them say.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedSECTests {
  private func read(_ file: String, status: Int = 200) throws -> SECFilings {
    try SECFilings(of: apple, in: answer(recorded("sec/\(file)"), status: status, at: "2023-09-01T11:00:00Z"))
  }

  @Test func `of a thousand filings the reports and notices are kept, none refused`() throws {
    let told = try read("submissions-CIK0000320193.json")
    #expect(told.refusals.isEmpty)
    let forms = Dictionary(grouping: told.filings, by: \.form).mapValues(\.count)
    #expect(forms["10-K"] ?? 0 > 0 && forms["10-Q"] ?? 0 > 0 && forms["8-K"] ?? 0 > 0, "\(forms)")
    #expect(forms["4"] == nil && told.filings.count < 1000)
    #expect(told.filings.allSatisfy { !$0.url.hasSuffix("/") })
  }

  @Test(arguments: [
    "submissions-CIK0000320193-submissions-001.json", "companyfacts-lpa.json",
    "company_tickers.json",
  ])
  func `older pages and other documents are refused`(file: String) {
    #expect(throws: ReadingError.self) { try read(file) }
  }

  @Test func `the page for undeclared tools is a matter of settings`() throws {
    let page = answer(try recorded("sec/error-403-undeclared-automated-tool.html"), status: 403)
    #expect(SECErrors.retry(page) == .final)
    #expect(throws: ReadingError.self) { try SEC().read(page, to: request) }
  }

  @Test func `the list has nine thousand tickers, those of classes with a dash`() throws {
    let list = try SECTickers(recorded("sec/company_tickers.json"))
    #expect(list.filers["AAPL"] == apple && list.filers["BRK-B"] == 1_067_983)
    #expect(list.filers.count > 9000, "\(list.filers.count)")
  }
}
