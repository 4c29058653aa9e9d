import Market
import Testing

@testable import FlatFiles

/// Zones, half-flipped dates, years of two digits, and rows of another interval.
@Suite struct TimeEvidenceTests {
  private static let head = "date,open,high,low,close,volume\n"

  private static func rows(_ times: some Sequence<String>) -> String {
    head + times.enumerated().map { "\($1),\(100 + $0),\(102 + $0),99,\(101 + $0),1.5\n" }.joined()
  }

  private func refusal(_ text: String, _ order: ImportOrder) -> FileRefusal? {
    do {
      _ = try FileReading(text, order)
      return nil
    } catch { return error as? FileRefusal }
  }

  private func days(_ text: String, _ order: ImportOrder) throws -> [String] {
    try FileReading(text, order).bars.map(\.openTime.day.description)
  }

  // MARK: Spellings

  @Test(arguments: [
    ["Mon, Mar 3, 2025 12:00 AM", "Mon, Mar 3, 2025 1:00 AM"],
    ["Monday 03 March 2025 00:00", "Monday 03 March 2025 01:00"],
    ["Mon. 2025-03-03 00:00:00", "Mon. 2025-03-03 01:00:00"], ["MON 3-Mar-2025 00:00", "MON 3-Mar-2025 01:00"],
    ["Mon,2025-03-03T00:00:00Z", "Mon,2025-03-03T01:00:00Z"],
  ])
  func `the name of a weekday before a date is passed over`(times: [String]) throws {
    let bars = try FileReading(Self.rows(times.map { "\"\($0)\"" }), .bars()).bars
    #expect(bars.map(\.openTime.epochSeconds) == [1_740_960_000, 1_740_963_600])
  }

  @Test(arguments: ["Mond 2025-03-03", "Month 2025-03-03", "Monday", "Mo 2025-03-03", "M,2025-03-03"])
  func `another word before a date makes it no time`(time: String) {
    var text = time
    let read = text.withUTF8 { bytes in bytes.baseAddress.flatMap { TimeText().read($0, 0..<bytes.count) } }
    #expect(read == nil)
  }

  @Test func `the order of day and month is looked for behind the name of a weekday`() throws {
    let times = ["Thu 13/03/2025", "Fri 14/03/2025", "Sat 15/03/2025"]
    #expect(try days(Self.rows(times), .bars(.day1)) == ["2025-03-13", "2025-03-14", "2025-03-15"])
  }

  @Test(arguments: [["45719", "45720", "45721"], ["45719.5", "45719.541666", "45719.583333"]])
  func `days as a spreadsheet counts them are told as such`(times: [String]) throws {
    let told = try #require(refusal(Self.rows(times), .bars(.day1)))
    #expect(told.description.contains("(45719 is 2025-03-03"))
    let named = Self.rows(times).replacing("date,open", with: "Datum,open")
    let order = ImportOrder.bars(.day1).with { $0.columns = [.init(field: "time", column: "Datum")] }
    #expect(refusal(named, order)?.description.contains("spreadsheet") == true)
  }

  @Test func `lines that end with a carriage return alone are told as such`() throws {
    let text = Self.rows(["2025-03-03", "2025-03-04"]).replacing("\n", with: "\r")
    #expect(refusal(text, .bars(.day1))?.description.contains("carriage return") == true)
  }

  // MARK: Zones

  private static let berlin = ImportOrder.bars(.day1, class: .stock).with { $0.timeZone = "Europe/Berlin" }

  @Test(arguments: [
    ["2024-11-03T23:00:00Z", "2024-11-04T23:00:00Z"], ["1730674800", "1730761200"],
    ["2024-11-03 18:00:00-05:00", "2024-11-04 18:00:00-05:00"], ["2024-11-04T08:00:00Z", "2024-11-05T08:00:00Z"],
    ["2024-11-04", "2024-11-05"],
  ])
  func `the day of a told place holds for texts with an offset as for epochs`(times: [String]) throws {
    #expect(try days(Self.rows(times), Self.berlin) == ["2024-11-04", "2024-11-05"])
  }

  @Test func `without a place the written day stands`() throws {
    let text = Self.rows(["2024-11-04T00:00:00+01:00", "2024-11-05T00:00:00+01:00"])
    #expect(try days(text, .bars(.day1, class: .stock)) == ["2024-11-04", "2024-11-05"])
  }

  @Test func `the day of a told place holds for sentiment and flows`() throws {
    let mood = ImportOrder(
      dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1, timeZone: "America/New_York")
    let text = "date,value,classification\n2024-11-05T03:00:00Z,51,Neutral\n"
    #expect(try FileReading(text, mood).sentiment.map(\.day.description) == ["2024-11-04"])
    let flows = ImportOrder(
      dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, timeZone: "America/New_York", unit: 1)
    let table = "date,ticker,flow\n2024-11-05T03:00:00Z,IBIT,51\n"
    #expect(try FileReading(table, flows).flows.map(\.day.description) == ["2024-11-04"])
  }

  @Test(arguments: [
    ("Local time", "--time-zone"), ("Date (EST)", "--time-zone America/New_York"),
    ("Time UTC+8", "--time-zone Etc/GMT-8"),
  ])
  func `a header that names a clock of its own is asked about`(name: String, hint: String) throws {
    let order = ImportOrder.bars().with { $0.columns = [.init(field: "time", column: name)] }
    let text = Self.rows(["2024-11-04 01:00", "2024-11-04 02:00"]).replacing("date", with: name)
    let refused = try #require(refusal(text, order))
    #expect(refused.found.contains("'\(name)'") && refused.hint.contains(hint) && !refused.isUsage)
    let told = try FileReading(text, order.with { $0.timeZone = "America/New_York" })
    #expect(told.bars.first?.openTime.description == "2024-11-04T06:00:00Z")
  }

  @Test func `cells that bear an offset are not asked about, whatever their header says`() throws {
    let text = Self.rows(["2024-11-04 01:00+01:00", "2024-11-04 02:00+01:00"]).replacing("date", with: "local_time")
    #expect(try FileReading(text, .bars()).bars.first?.openTime.description == "2024-11-04T00:00:00Z")
  }

  @Test(arguments: ["2025-09-17T23:59:59.999Z", "1758153599999", "2025-09-17 23:59:59", "1758153599"])
  func `a day stamped with its last second is that day`(time: String) throws {
    #expect(try days(Self.rows([time]), .bars(.day1)) == ["2025-09-17"])
    #expect(try days(Self.rows([time]), .bars(.day1, class: .stock)) == ["2025-09-17"])
  }

  @Test func `an hour stamped with its last second is no hour`() throws {
    let read = try FileReading(Self.rows(["2025-09-17T22:00:00Z", "2025-09-17T23:59:59.999Z"]), .bars())
    #expect(read.bars.count == 1 && read.tally.refused == [.wrongTime: 1])
  }

  // MARK: Day and month

  private static let flipped =
    ["04/09/2020", "04/10/2020", "04/11/2020", "04/12/2020"] + (13...16).map { "\($0)/04/2020" }

  @Test func `dates that a spreadsheet turned round by halves are refused`() throws {
    let refused = try #require(refusal(Self.rows(Self.flipped), .bars(.day1)))
    #expect(refused.found.contains("'04/12/2020' and then '13/04/2020'"))
  }

  @Test func `also newest first, with dots and across a month`() throws {
    let dates =
      (28...31).map { "\($0).03.2021" } + (1...12).map { "04.\($0).2021" } + (13...30).map { "\($0).04.2021" }
    #expect(refusal(Self.rows(dates.reversed()), .bars(.day1)) != nil)
  }

  @Test func `where the day stands first and second beyond twelve, nothing is guessed`() throws {
    let refused = try #require(refusal(Self.rows(["04/13/2020", "04/14/2020", "15/04/2020"]), .bars(.day1)))
    #expect(refused.found.contains("'15/04/2020'") && refused.found.contains("'04/13/2020'"))
  }

  @Test func `an order that was told and makes a daily file jump names the other one`() throws {
    let text = Self.rows((1...12).map { "0\($0)/03/2020".suffix(10).description } + ["01/04/2020", "02/04/2020"])
    let refused = try #require(refusal(text, .bars(.day1).with { $0.dateOrder = .mdy }))
    #expect(refused.hint == "Say --date-order dmy")
    #expect(try days(text, .bars(.day1).with { $0.dateOrder = .dmy }).count == 14)
  }

  @Test func `blocks of years in any order are no flipped dates`() throws {
    let dates = [2021, 2020, 2022].flatMap { year in (10...20).map { "\($0)/04/\(year)" } }
    #expect(try days(Self.rows(dates), .bars(.day1)).count == 33)
  }

  // MARK: Years of two digits

  @Test(arguments: [
    (["24-01-02", "24-01-03"], "--date-order dmy (2002-01-24) or --date-order ymd (2024-01-02)"),
    (["02/01/24", "03/01/24"], "--date-order dmy (2024-01-02) or --date-order mdy (2024-02-01)"),
    (["31.12.99", "30.12.99"], "--date-order dmy (1999-12-31)"),
  ])
  func `a year of two digits is asked about`(dates: [String], hint: String) throws {
    let refused = try #require(refusal(Self.rows(dates), .bars(.day1)))
    #expect(refused.hint.contains(hint) && !refused.isUsage)
  }

  @Test(arguments: [
    ("24-01-02", ImportOrder.DateOrder.ymd, "2024-01-02"), ("24-01-02", .dmy, "2002-01-24"),
    ("02/01/24", .mdy, "2024-02-01"), ("4-Mar-20", .ymd, "2020-03-04"), ("99.12.31", .ymd, "1999-12-31"),
  ])
  func `a year of two digits is read as it was told`(date: String, order: ImportOrder.DateOrder, day: String) throws {
    #expect(try days(Self.rows([date]), .bars(.day1).with { $0.dateOrder = order }) == [day])
  }

  @Test func `a named month needs no question`() throws {
    #expect(try days(Self.rows(["4-Mar-20", "5-Mar-20"]), .bars(.day1)) == ["2020-03-04", "2020-03-05"])
  }

  // MARK: Intervals

  private static func epochs(_ count: Int, _ step: Int, from start: Int = 1_756_684_800) -> [String] {
    (0..<count).map { String(start + $0 * step) }
  }

  @Test(arguments: [
    (1800, Interval.hour1, "30m"), (60, .hour1, "1m"), (86_400, .hour1, "1d"), (3600, .day1, "1h"),
    (604_800, .day1, "1w"), (86_400, .week1, "1d"), (7200, .hour1, "2h"), (14_400, .hour1, "4h"),
  ])
  func `rows of another interval are refused`(step: Int, interval: Interval, words: String) throws {
    for count in [3, 12] {
      let refused = try #require(refusal(Self.rows(Self.epochs(count, step)), .bars(interval)))
      #expect(refused.found == "its rows lie \(words) apart, not \(interval)")
    }
  }

  @Test func `half hours with a date beside their epoch are no hours`() throws {
    let text =
      "unix,date,open,high,low,close,volume\n"
      + (0..<12).map { "\(1_756_684_800 + $0 * 1800),2025-09-01 \(10 + $0 / 2):\($0 % 2 * 3)0,100,102,99,101,1\n" }
      .joined()
    #expect(refusal(text, .bars())?.found == "its rows lie 30m apart, not 1h")
  }

  @Test func `most steps shorter than the interval refuse a file with a few of its length`() throws {
    let times = Self.epochs(4, 3600) + Self.epochs(9, 900, from: 1_756_771_200)
    #expect(refusal(Self.rows(times), .bars())?.hint == "Say --interval 15m")
  }

  @Test func `a single row off the interval costs itself`() throws {
    let read = try FileReading(Self.rows(Self.epochs(6, 3600) + ["1756687000"]), .bars())
    #expect(read.bars.count == 6 && read.tally.refused == [.wrongTime: 1])
  }

  @Test func `closing times tell the length of rows that lie far apart`() throws {
    func text(_ length: Int) -> String {
      "open_time,open,high,low,close,volume,close_time\n"
        + (0..<3).map { hour in
          let open = 1_756_684_800 + hour * 18_000
          return "\(open),100,102,99,101,1,\(open + length)\n"
        }.joined()
    }
    #expect(try FileReading(text(3599), .bars()).bars.count == 3)
    #expect(refusal(text(1799), .bars())?.found == "its bars close 30m after they open, not 1h")
    #expect(refusal(Self.rows(Self.epochs(3, 18_000)), .bars())?.found == "its rows lie 5h apart, not 1h")
  }

  @Test func `closing times count in a layout without a header too`() throws {
    func text(_ length: Int) -> String {
      (0..<3).map { hour in
        let open = 1_756_684_800_000 + hour * 18_000_000
        return "\(open),100,102,99,101,1,\(open + length),100,5,0.5,50,0\n"
      }.joined()
    }
    #expect(try FileReading(text(3_599_999), .bars()).bars.count == 3)
    #expect(refusal(text(1_799_999), .bars())?.found == "its bars close 30m after they open, not 1h")
  }

  @Test func `days over a weekend follow each other where sessions do`() throws {
    let text = Self.rows(["2024-11-01", "2024-11-04", "2024-11-06"])
    #expect(try days(text, .bars(.day1, class: .stock)).count == 3)
    #expect(refusal(text, .bars(.day1)) != nil)
  }

  @Test func `hours of sentiment are no days`() throws {
    let mood = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    let text =
      "date,value,classification\n" + (0..<6).map { "2024-11-05 0\($0):00,5\($0),Neutral\n" }.joined()
    #expect(refusal(text, mood)?.found == "its rows lie 1h apart, not 1d")
  }
}
