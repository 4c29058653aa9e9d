import Market
import Support
import Testing

@testable import FlatFiles

@Suite struct BarFileTests {
  private static let first = Bar(
    openTime: Instant("2024-11-01T00:00Z")!, open: 70292.01, high: 70470, low: 70146.8, close: 70173.73,
    volume: 840.4529)

  /// The same two hours in the layouts of many hands.
  private static let layouts: [(String, String, ImportOrder)] = [
    (
      "Binance's archive, in ms",
      """
      1730419200000,70292.01000000,70470.00000000,70146.80000000,70173.73000000,840.45290000,1730422799999,59096143.3,128807,448.8,31559502.4,0
      1730422800000,70173.72000000,70360.00000000,69313.74000000,69402.01000000,2171.71390000,1730426399999,151552938.3,298129,892.4,62307046.7,0
      """, .bars()
    ),
    (
      "Binance's archive, in µs with a header",
      """
      open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore
      1730419200000000,70292.01,70470.0,70146.8,70173.73,840.4529,1730422799999999,5,1,4,3,0
      1730422800000000,70173.72,70360.0,69313.74,69402.01,2171.7139,1730426399999999,1,2,8,6,0
      """, .bars()
    ),
    (
      "CryptoDataDownload, newest first below its own line",
      """
      https://www.CryptoDataDownload.com
      unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount
      1730422800.0,2024-11-01 01-AM,BTC/USDT,70173.72,70360,69313.74,69402.01,2171.7139,151552938,NULL
      1730419200000,2024-11-01 00:00:00,BTC/USDT,70292.01,70470,70146.8,70173.73,840.4529,59096143,438
      """, .bars()
    ),
    (
      "Bitfinex, no header, close before high",
      "1730419200000,70292.01,70173.73,70470,70146.8,840.4529\n1730422800000,70173.72,69402.01,70360,69313.74,2171.7139\n",
      .bars()
    ),
    (
      "ISO with offsets, in another zone",
      """
      \u{FEFF}timestamp,open,high,low,close,volume\r
      2024-11-01T02:00:00+02:00,70292.01,70470.0,70146.8,70173.73,840.4529\r
      2024-10-31 19:00:00-06:00,70173.72,70360.0,69313.74,69402.01,2171.7139\r
      """, .bars()
    ),
    (
      "quotes, groups, named dates",
      """
      "Date","Price","Open","High","Low","Vol.","Change %"
      "Nov 1, 2024 1:00 AM","69,402.01","70,173.72","70,360.00","69,313.74","2.1717139K","-1.1%"
      "Nov 1, 2024 12:00 AM","70,173.73","70,292.01","70,470.00","70,146.80","0.8404529K","0.4%"
      """, .bars()
    ),
    (
      "semicolons and a decimal comma",
      """
      time;open;high;low;close;volume
      01.11.2024 00:00;70292,01;70470;70146,8;70173,73;840,4529
      01.11.2024 01:00;70173,72;70360;69313,74;69402,01;2.171,7139
      """,
      ImportOrder.bars().with {
        $0.decimalComma = true
        $0.dateOrder = .dmy
      }
    ),
    (
      "a date and a time of day, tabs",
      """
      <DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>
      2024.11.01\t00:00:00\t70292.01\t70470\t70146.8\t70173.73\t840.4529
      2024.11.01\t01:00:00\t70173.72\t70360\t69313.74\t69402.01\t2171.7139
      """, .bars()
    ),
    (
      "one name for a date and a time in two fields",
      """
      Date,Open,High,Low,Close,Volume,OpenInterest
      2024-11-01,00:00:00,70292.01,70470,70146.8,70173.73,840.4529,0
      2024-11-01,01:00:00,70173.72,70360,69313.74,69402.01,2171.7139,0
      """, .bars()
    ),
    (
      "told columns by number",
      "x,70292.01,70173.73,70470,70146.8,840.4529,2024-11-01 00:00\nx,70173.72,69402.01,70360,69313.74,2171.7139,2024-11-01 01:00\n",
      ImportOrder.bars().with {
        $0.columns = ["time=7", "open=2", "close=3", "high=4", "low=5", "volume=6"].compactMap { .init($0) }
      }
    ),
    (
      "told columns by name, local times",
      """
      when,o1,h1,l1,c1,n
      2024-10-31 20:00,70292.01,70470,70146.8,70173.73,840.4529
      2024-10-31 21:00,70173.72,70360,69313.74,69402.01,2171.7139
      """,
      ImportOrder.bars().with {
        $0.columns = ["time=when", "open=o1", "high=h1", "low=l1", "close=c1", "volume=n"].compactMap { .init($0) }
        $0.timeZone = "America/New_York"
      }
    ),
    (
      "stamped at their ends",
      """
      datetime,open,high,low,close,volume
      2024-11-01 02:00,70173.72,70360,69313.74,69402.01,2171.7139
      2024-11-01 01:00,70292.01,70470,70146.8,70173.73,840.4529
      """, ImportOrder.bars().with { $0.stampsEnd = true }
    ),
  ]

  @Test(arguments: layouts.indices)
  func `the same hours come out of every layout`(index: Int) throws {
    let (name, text, order) = Self.layouts[index]
    let read = try FileReading(text, order)
    #expect(read.refusals == [], "\(name)")
    #expect(read.bars.count == 2, "\(name)")
    #expect(read.bars.first == Self.first, "\(name)")
    #expect(read.bars.last?.close == 69402.01, "\(name)")
    #expect(read.bars.last?.volume == 2171.7139, "\(name)")
  }

  @Test(arguments: layouts.indices, [1, 7, 64])
  func `it does not matter how a file is cut into pieces`(index: Int, size: Int) throws {
    let (name, text, order) = Self.layouts[index]
    let read = try FileReading(text, order, pieces: size)
    #expect(read.bars.sorted { $0.openTime < $1.openTime }.first == Self.first, "\(name)")
    #expect(read.bars.count == 2, "\(name)")
    #expect(read.tally.lines == 2, "\(name)")
  }

  // MARK: Days

  @Test(arguments: [
    ("2024-11-01,1,2,1,2,5", "2024-11-01"), ("2024-11-01T00:00:00+05:30,1,2,1,2,5", "2024-11-01"),
    ("20241101 00:00,1,2,1,2,5", "2024-11-01"), ("1-Nov-24,1,2,1,2,5", "2024-11-01"),
    ("2024-11-01 16:00:00-04:00,1,2,1,2,5", "2024-11-01"), ("1730419200,1,2,1,2,5", "2024-11-01"),
  ])
  func `a daily bar of a market with sessions is keyed by its own date`(row: String, day: String) throws {
    let read = try FileReading("time,open,high,low,close,volume\n\(row)\n", .bars(.day1, class: .stock))
    #expect(read.bars.map(\.openTime.description) == ["\(day)T00:00:00Z"])
  }

  @Test func `a day of a market round the clock is the UTC day`() throws {
    let text = "time,open,high,low,close,volume\n2024-11-01T00:00:00+05:30,1,2,1,2,5\n"
    let read = try FileReading(text, .bars(.day1))
    #expect(read.bars == [])
    #expect(read.refusals.map(\.reason) == [.wrongTime])
  }

  // MARK: Local times

  @Test func `the hour that clocks show twice is told by the order of the rows`() throws {
    let rows = ["00:00", "01:00", "01:00", "02:00"].map { "2024-11-03 \($0),1,2,1,2,5" }
    let header = "time,open,high,low,close,volume\n"
    let order = ImportOrder.bars().with { $0.timeZone = "America/New_York" }
    let expected = ["04", "05", "06", "07"].map { "2024-11-03T\($0):00:00Z" }
    let up = try FileReading(header + rows.joined(separator: "\n"), order)
    #expect(up.bars.map(\.openTime.description) == expected)
    #expect(up.tally.ambiguousTimes == 2)
    let down = try FileReading(header + rows.reversed().joined(separator: "\n"), order)
    #expect(down.bars.map(\.openTime.description) == expected)
  }

  @Test func `a local hour that the clocks skipped is refused`() throws {
    let text = "time,open,high,low,close,volume\n2024-03-10 01:00,1,2,1,2,5\n2024-03-10 02:00,1,2,1,2,5\n"
    let read = try FileReading(text, ImportOrder.bars().with { $0.timeZone = "America/New_York" })
    #expect(read.bars.map(\.openTime.description) == ["2024-03-10T06:00:00Z"])
    #expect(read.refusals.map(\.reason) == [.wrongTime])
    #expect(read.tally.skippedTimes == 1)
  }

  // MARK: What is asked for

  @Test(arguments: [
    ("time,open,high,low,close,volume\n02/01/2025,1,2,1,2,5\n03/01/2025,1,2,1,2,5\n", "--date-order"),
    ("time,open,high,low,close\n2025-01-02,1,2,1,2\n", "--no-volume"),
    ("time,open,high,low,close,volume\n2025-01-02,1,2,1,2,-\n", "--no-volume"),
    ("Date,Price\n2025-01-02,5\n", "no bar"),
    ("Date,Adj Close\n2025-01-02,5\n", "no bar"),
    ("a,b\n1,2\n", "--map"),
    ("", "empty"),
    ("\n\n", "no line"),
    ("nothing at all", "--map"),
  ])
  func `what cannot be told from the file is asked for`(text: String, hint: String) {
    let fault = #expect(throws: FileRefusal.self) { try FileReading(text, .bars(.day1, class: .stock)) }
    #expect(fault?.description.contains(hint) == true, "\(fault?.description ?? "")")
  }

  @Test func `local times of a market with opening hours need a place`() {
    let text = "time,open,high,low,close,volume\n2025-01-02 09:30,1,2,1,2,5\n2025-01-02 09:35,1,2,1,2,5\n"
    let fault = #expect(throws: FileRefusal.self) { try FileReading(text, .bars(.minute5, class: .stock)) }
    #expect(fault?.hint.contains("--time-zone") == true)
  }

  @Test func `rows of another interval than was told are refused as a whole`() {
    let rows = (0..<10).map { "2025-01-02 0\($0):00,1,2,1,2,5" }.joined(separator: "\n")
    let fault = #expect(throws: FileRefusal.self) {
      try FileReading("time,open,high,low,close,volume\n" + rows, .bars(.minute5))
    }
    #expect(fault?.hint.contains("--interval 1h") == true)
  }

  @Test func `columns that fit two layouts are not guessed`() {
    let rows = (0..<5).map { "17304\(19_200_000 + $0 * 3_600_000),5,5,5,5,1" }.joined(separator: "\n")
    let fault = #expect(throws: FileRefusal.self) { try FileReading(rows, .bars()) }
    #expect(fault?.description.contains("more than one layout") == true)
  }

  // MARK: One bad line costs that line

  private static let bad: [(String, RefusalReason)] = [
    ("1730422800,1,2", .malformed), ("1730422800,\"1,2,1,2,5", .malformed), ("soon,1,2,1,2,5", .wrongTime),
    ("1730422801,1,2,1,2,5", .wrongTime), ("1730422800.5,1,2,1,2,5", .wrongTime),
    ("1.73042E+12,1,2,1,2,5", .wrongTime), ("9999999999999999999,1,2,1,2,5", .wrongTime),
    ("2024-02-30 01:00,1,2,1,2,5", .wrongTime), ("1730422800,1,2,1,x,5", .notANumber),
    ("1730422800,1,2,1,,5", .notANumber), ("1730422800,1,inf,1,2,5", .notANumber),
    ("1730422800,1,1e999,1,2,5", .notANumber), ("1730422800,1,nan,1,2,5", .notANumber),
    ("1730422800,1,2,1,\0,5", .notANumber), ("1730422800,null,null,null,null,null", .notANumber),
    ("1730422800,1,2,1,3,5", .impossibleRange), ("1730422800,1,2,1.5,2,5", .impossibleRange),
    ("1730422800,22577,226660000000,22530,22534,5", .impossibleRange), ("1730422800,1,2,1,2,-5", .outOfBounds),
    ("1730422800,1,2,0,2,5", .outOfBounds), ("1730422800,100000,100001,100000,100001,5", .outOfBounds),
    ("1730422800,1,2,1,2,", .notANumber),
    ("0001-01-01 00:00,1,2,1,2,5", .wrongTime), ("1730422800,1,2,1,2,5,7", .malformed),
  ]

  @Test(arguments: bad.indices)
  func `one bad line costs that line and says where it stands`(index: Int) throws {
    let (line, reason) = Self.bad[index]
    let text = "unix,open,high,low,close,volume\n1730419200,1,2,1,2,5\n\(line)\n1730426400,1,2,1,2,5\n"
    let read = try FileReading(text, .bars())
    #expect(read.bars.map(\.openTime.epochSeconds) == [1_730_419_200, 1_730_426_400])
    #expect(read.refusals.map(\.reason) == [reason])
    #expect(read.refusals.first?.detail.hasPrefix("line 3: ") == true)
    #expect(read.tally.refused == [reason: 1])
  }

  @Test func `an endless line costs itself, however it is cut`() throws {
    let endless = String(repeating: "7", count: FileLines.longest + 10)
    let text = "unix,open,high,low,close,volume\n1730419200,1,2,1,2,5\n\(endless)\n1730426400,1,2,1,2,5\n"
    for pieces in [nil, 100_000] {
      let read = try FileReading(text, .bars(), pieces: pieces)
      #expect(read.bars.count == 2)
      #expect(read.tally.refused == [.malformed: 1])
    }
  }

  @Test func `copies are one, and of rows that contradict each other the first is believed`() throws {
    let text = """
      unix,open,high,low,close,volume
      1730419200,1,2,1,2,5
      1730422800,1,2,1,1.5,5
      1730419200,1,2,1,2,5
      1730422800,1,2,1,1.25,5
      """
    let whole = try FileReading(text, .bars())
    #expect(whole.bars.map(\.close) == [2, 1.5])
    #expect(whole.tally.folded == 1)
    #expect(whole.refusals.map(\.detail) == ["line 5: the same opening time with other values than line 3"])
    // In pieces of a line, the later ones are left to whoever knows what was stored.
    let cut = try FileReading(text, .bars(), pieces: 22)
    #expect(cut.bars.map(\.close) == [2, 1.5])
    #expect(cut.repeats.map(\.bar.close) == [2, 1.25])
  }

  @Test func `a bar that is not over is left out`() throws {
    let text = "unix,open,high,low,close,volume\n1730419200,1,2,1,2,5\n1730422800,1,2,1,2,5\n"
    let read = try FileReading(text, .bars(), now: Instant(epochSeconds: 1_730_426_459))
    #expect(read.bars.count == 1)
    #expect(read.tally.notFinal == 1)
    #expect(try FileReading(text, .bars(), now: Instant(epochSeconds: 1_730_426_460)).bars.count == 2)
  }

  @Test func `a damaged epoch is replaced by the text beside it`() throws {
    let text = """
      Unix Timestamp,Date,Symbol,Open,High,Low,Close,Volume
      1.53618E+12,9/5/2018 20:00,BTCUSD,1,2,1,2,5
      1536181200,9/5/2018 21:00,BTCUSD,1,2,1,2,5
      1536267600,9/13/2018 21:00,BTCUSD,1,2,1,2,5
      """
    let read = try FileReading(text, .bars())
    #expect(read.bars.map(\.openTime.description).first == "2018-09-05T20:00:00Z")
    #expect(read.bars.count == 3)
  }

  @Test func `widened floats are told back where the layout says so`() throws {
    let text =
      "Date,Open,High,Low,Close,Adj Close,Volume\n2019-05-16,27.3700008392334,28.3700008392334,27.270000457763672,28.010000228881836,28,67330100\n"
    let plain = try FileReading(text, .bars(.day1, class: .stock))
    let yahoo = try FileReading(text, ImportOrder.bars(.day1, class: .stock).with { $0.layout = "yahoo" })
    #expect(plain.bars.map(\.open) == [27.3700008392334])
    #expect(yahoo.bars.map(\.open) == [27.37])
    #expect(yahoo.bars.map(\.close) == [28.01])
  }

  @Test(arguments: 0..<60)
  func `whatever bytes come, lines are counted and nothing is believed that is no bar`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = Array("unix,open,high,low,close,volume\n".utf8)
    for hour in 0..<60 { bytes += Array("\(1_730_419_200 + hour * 3600),10,12,9,11,\(hour)\n".utf8) }
    for _ in 0..<40 {
      let place = Int.random(in: 33..<bytes.count, using: &generator)
      bytes[place] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0x2D, 0x65, 0xFF, UInt8.random(in: 0...255, using: &generator)]
        .randomElement(using: &generator)!
    }
    guard let whole = try? FileReading(bytes, .bars()) else { return }
    #expect(whole.bars.allSatisfy { $0.low <= min($0.open, $0.close) && $0.high >= max($0.open, $0.close) })
    #expect(whole.bars.allSatisfy { $0.volume >= 0 && $0.low > 0 && $0.volume.isFinite })
    #expect(zip(whole.bars, whole.bars.dropFirst()).allSatisfy { $0.openTime < $1.openTime })
    #expect(
      whole.bars.count + whole.tally.refusedInAll + whole.tally.folded + whole.tally.notFinal == whole.tally.lines)
    let cut = try FileReading(bytes, .bars(), pieces: 50)
    #expect(Set(cut.bars) == Set(whole.bars))
  }
}
