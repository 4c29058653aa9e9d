import Market
import Testing

@testable import FlatFiles

@Suite struct HeaderlessTests {
  private func refusal(_ text: String, _ order: ImportOrder) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try FileReading(text, order) }
  }

  private static let kraken = [
    "1496188560,2130.0,2135.5,2129.9,2131.0,2132.75,12.25,14", "1496188620,2131.0,2134.8,2130.0,2134.8,2133.1,3.5,9",
    "1496188680,2133.2,2134.8,2133.2,2134.8,0,0,0",
  ]

  @Test func `a mean price and a count of trades show Kraken's columns`() throws {
    let read = try FileReading(Self.kraken.joined(separator: "\n"), .bars(.minute1))
    #expect(read.bars.map(\.volume) == [12.25, 3.5, 0])
  }

  @Test(arguments: [
    "1496188560,2130,2130,2129.999,2129.999,3.35330472,7142.5,2129.99966",
    "1496188560,2130.0,2135.5,2129.9,2131.0,2132.75,12.25,14.5",
    "1496188560,2130.0,2135.5,2129.9,2131.0,26124.5,12.25,14",
  ])
  func `columns beside a bar that are not the layout's are asked about`(row: String) {
    let rows = (0..<3).map { row.replacing("1496188560", with: "\(1_496_188_560 + 60 * $0)") }
    let fault = refusal(rows.joined(separator: "\n"), .bars(.minute1))
    #expect(fault?.description.contains("--map") == true)
    #expect(fault?.isUsage == false)
  }

  @Test(arguments: [
    ("2014-10-01,387.4,391.4,380.8,383.6,383.6,229400", true),
    ("2014-10-01,387.4,391.4,380.8,383.6,229400,383.6", false),
    ("2014-10-01,387.4,391.4,380.8,383.6,240.5,229400", false),
  ])
  func `an adjusted close must be the close in the newest row`(row: String, isRead: Bool) {
    let older = "2014-09-30,380.0,391.4,380.0,387.0,100.5,229400\n"
    let read = try? FileReading(older + row, .bars(.day1, class: .stock))
    #expect(read?.bars.last?.volume == (isRead ? 229_400 : nil))
  }

  @Test func `Binance's columns need a second volume that is the first times the price`() throws {
    let row = "1730419200000,70292.0,70470.0,70146.8,70173.7,840.5,1730422799999,59096143.3,128807,448.8,31559502.4,0"
    #expect(try FileReading(row, .bars()).bars.map(\.volume) == [840.5])
    let swapped = row.replacing("840.5", with: "59096143.3,").replacing(
      ",1730422799999,59096143.3", with: "1730422799999,840.5")
    #expect(refusal(swapped, .bars()) != nil)
  }

  // MARK: Bad rows

  @Test(
    arguments: [
      "1730422800,1.5,2,x,1.75,5", "1730422800,1.5,2,1", "1730422800,1.5,1,2,1.75,5", "soon,1.5,2,1.25,1.75,5",
      "1730422800,1.5,2,1.25,1.75,", "1730422800,1.5,2,1.25,NaN,5", "1730422800,1.5,2,1.25,1.75,5,6",
    ], [0, 1, 2])
  func `one bad row in a small file costs itself, wherever it stands`(bad: String, place: Int) throws {
    var rows = ["1730419200,1.5,2,1.25,1.75,5", "1730426400,1.5,2,1.25,1.75,5"]
    rows.insert(bad, at: place)
    let read = try FileReading(rows.joined(separator: "\n") + "\n", .bars())
    #expect(read.bars.map(\.high) == [2, 2])
    #expect(read.tally.refusedInAll == 1)
    #expect(read.tally.lines == 3)
  }

  @Test func `the layout is the one that fits most rows`() throws {
    // Bitfinex has the close before the high; one of these rows would be a bar either way, and one only the other way.
    let rows = [
      "1730419200000,10,11,12,9,5", "1730422800000,11,10,12,9,5", "1730426400000,10,10,10,10,5",
      "1730430000000,10,12,9,11,5", "1730433600000,10,11,13,8,5",
    ]
    let read = try FileReading(rows.joined(separator: "\n"), .bars())
    #expect(read.bars.map(\.high) == [12, 12, 10, 13])
    #expect(read.refusals.map(\.reason) == [.impossibleRange])
  }

  @Test func `where two layouts fit as many rows it is asked`() {
    let rows = ["1730419200000,10,11,12,9,5", "1730422800000,10,12,9,11,5", "1730426400000,10,10,10,10,5"]
    let fault = refusal(rows.joined(separator: "\n"), .bars())
    #expect(fault?.description.contains("fit more than one layout") == true)
    #expect(fault?.hint.contains("--source bitfinex") == true)
    #expect(fault?.hint.contains("--map time=1 --map open=2") == true)
  }
}
