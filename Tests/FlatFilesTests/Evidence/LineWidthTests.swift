import Market
import Testing

@testable import FlatFiles

@Suite struct LineWidthTests {
  private static let days = ImportOrder.bars(.day1, class: .stock)
  private static let header = "Date,Open,High,Low,Close,Volume\n"

  @Test(arguments: [
    "2025-09-16,11,950.0,11,950.0,11,900.0,11,920.0,1234", "2025-09-16,990.0,995.0,985.0,992.0,1,234",
    "2025-09-16,990.0,995.0,985.0,992.0,1234,7",
  ])
  func `a line with more filled fields than its header is no row`(line: String) throws {
    let read = try FileReading(
      Self.header + line + "\n2025-09-18,990.0,995.0,985.0,992.0,1234\n2025-09-19,990.0,995.0,985.0,992.0,1234\n",
      Self.days)
    #expect(read.bars.map(\.openTime.day.description) == ["2025-09-18", "2025-09-19"])
    #expect(read.refusals.map(\.reason) == [.malformed])
    #expect(read.refusals.first?.detail.hasSuffix("fields where there are 6 columns") == true)
  }

  @Test func `empty fields at the end of a line are none`() throws {
    let read = try FileReading(Self.header + "2025-09-18,990.0,995.0,985.0,992.0,1234,,\n", Self.days)
    #expect(read.bars.count == 1)
  }

  @Test func `a date and a time under one name are as wide as the lines say`() throws {
    let rows = (0..<4).map { "2025-09-18,0\($0):00:00,1,2,1,2,5" }
    let read = try FileReading(
      Self.header + rows.joined(separator: "\n") + "\n2025-09-18,05:00:00,1,2,1,2,5,9\n", .bars())
    #expect(read.bars.count == 4)
    #expect(read.refusals.map(\.reason) == [.malformed])
  }

  @Test func `a bad first row does not hide that date and time stand apart`() throws {
    let rows = (1..<4).map { "2025-09-18,0\($0):00:00,1,2,1,2,5" }
    let read = try FileReading(Self.header + "broken\n" + rows.joined(separator: "\n") + "\n", .bars())
    #expect(read.bars.count == 3)
    #expect(read.tally.refused == [.malformed: 1])
  }

  @Test func `a header that most lines do not fit is asked about`() {
    let rows = (1..<4).map { "0\($0),2025-09-1\($0),1,2,1,2,5" }.joined(separator: "\n")
    let fault = #expect(throws: FileRefusal.self) { try FileReading(Self.header + rows, Self.days) }
    #expect(fault?.description.contains("7 fields under a header of 6") == true, "\(fault?.description ?? "")")
    #expect(fault?.isUsage == false)
  }

  @Test func `in a flow table such a line is refused too`() throws {
    let order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)
    let read = try FileReading(
      "Date,IBIT,FBTC\n10 Sep 2025,1,045.0,10.0\n11 Sep 2025,366.2,134.7\n12 Sep 2025,1.0,2.0\n", order)
    #expect(Set(read.flows.map(\.day.description)) == ["2025-09-11", "2025-09-12"])
    #expect(read.refusals.map(\.reason) == [.malformed])
  }

  // MARK: Two columns of one name

  @Test func `of two columns of one name it is asked which is meant`() throws {
    let text = "date,open,high,low,close,volume,close\n2025-01-02,1,2,1,2,5,1.5\n2025-01-03,1,2,1,2,5,1.5\n"
    let fault = #expect(throws: FileRefusal.self) { try FileReading(text, Self.days) }
    #expect(
      fault?.description
        == "2 of its columns are called 'close', 5 and 7. Say which is meant: --map close=5 or --map close=7")
    #expect(fault?.isUsage == false)
    let read = try FileReading(text, Self.days.with { $0.columns = [.init("close=7")!] })
    #expect(read.bars.map(\.close) == [1.5, 1.5])
    let skipped = try FileReading(text, Self.days.with { $0.skippedColumns = ["7"] })
    #expect(skipped.bars.map(\.close) == [2, 2])
  }

  // MARK: Damage

  @Test func `a broken byte costs its row`() throws {
    var bytes = Array((Self.header + "2025-09-18,1,2,1,2,5\n2025-09-19,1,2,1,2").utf8)
    bytes += [0xFF] + Array(",5\n2025-09-22,1,2,1,NaN,5\n2025-09-23,1,2,1,2,5\n".utf8)
    let read = try FileReading(bytes, Self.days)
    #expect(read.bars.count == 2)
    #expect(read.refusals.map(\.reason) == [.notANumber, .notANumber])
  }

  @Test func `a header with nothing but empty lines below is told at once`() {
    let text = Self.header + String(repeating: String(repeating: " ", count: 1023) + "\n", count: 2 << 10)
    let fault = #expect(throws: FileRefusal.self) { try FileReading(text, Self.days) }
    #expect(fault?.found == "below its header no row comes within a megabyte")
  }

  @Test func `a file that goes on with nothing but empty lines ends`() throws {
    let text =
      Self.header + "2025-09-18,1,2,1,2,5\n"
      + String(repeating: String(repeating: " ", count: 1023) + "\n", count: 17 << 10)
    let fault = #expect(throws: FileRefusal.self) { try FileReading(text, Self.days, pieces: 1 << 20) }
    #expect(fault?.found.hasPrefix("nothing but empty lines comes before line") == true)
  }
}
