import Formats
import Market
import Support
import Testing

@testable import FlatFiles

/// Rows that a record wrote of its own facts.
@Suite struct RecordFileTests {
  private static let shapes: [FactShape] = [.bar, .pricePoint, .sentiment, .etfFlow]

  private static func shape(_ dataset: Dataset) -> FactShape { shapes.first { $0.dataset == dataset } ?? .bar }

  private static func read(
    _ dataset: Dataset, _ rows: String, pieces: Int? = nil
  ) throws -> (facts: [Facts], refusals: [Refusal], tally: FileTally) {
    let bytes = Array((FactText.header(of: shape(dataset)) + rows).utf8)
    let order = ImportOrder(
      dataset: dataset, asset: "BTC", assetClass: .crypto, interval: .hour1, layout: FactText.layout)
    let key = SeriesKey(dataset: dataset, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
    let file = try bytes.withUnsafeBytes {
      try MarketFiles(shapes: Self.shapes).open(order, series: key, sample: $0, isWhole: true, at: FileReading.now)
    }
    var parts: [FilePart] = []
    let size = pieces ?? bytes.count
    for start in stride(from: 0, to: bytes.count, by: size) {
      let end = min(bytes.count, start + size)
      parts.append(try Array(bytes[start..<end]).withUnsafeBytes { try file.read($0, isLast: end == bytes.count) })
    }
    return (
      parts.map(\.reading.facts).filter { $0.count > 0 }, parts.flatMap(\.reading.refusals), file.tally
    )
  }

  private static func text(_ dataset: Dataset, _ cells: [[Any?]]) -> String {
    var writer = FactText.Writer(shape(dataset))
    for row in cells {
      for cell in row {
        switch cell {
        case let number as Int64: writer.add(number)
        case let number as Double: writer.add(number)
        case let text as String: Array(text.utf8).withUnsafeBytes { writer.add(text: $0) }
        default: writer.addNull()
        }
      }
      writer.endRow()
    }
    return String(decoding: writer.bytes.dropFirst(FactText.header(of: shape(dataset)).utf8.count), as: UTF8.self)
  }

  @Test func `numbers of every size come back to the bit`() throws {
    var generator = SeededGenerator(seed: 5)
    func positive() -> Double {
      while true {
        let number = Double(bitPattern: UInt64.random(in: 1..<UInt64(Int64.max), using: &generator))
        // Larger ones are no prices.
        if number < 1e13 { return number }
      }
    }
    let bars = (0..<500).map { index -> Bar in
      let prices = (0..<4).map { _ in positive() }.sorted()
      return Bar(
        openTime: Instant(epochSeconds: Int64(index) * 3600), open: prices[1], high: prices[3], low: prices[0],
        close: prices[2], volume: positive())
    }
    let rows = Self.text(
      .bar,
      bars.map {
        [$0.openTime.epochSeconds, $0.open, $0.high, $0.low, $0.close, $0.volume]
      })
    for pieces in [nil, 1, 97, 4096] {
      let found = try Self.read(.bar, rows, pieces: pieces)
      let read = found.facts.flatMap { facts -> [Bar] in if case .bars(let bars) = facts { bars } else { [] } }
      #expect(read == bars)
      #expect(found.refusals.isEmpty)
      #expect(found.tally.extent == bars[0].openTime...bars[499].openTime)
    }
  }

  @Test func `texts with quotes, commas, line ends and spaces come back`() throws {
    let words = ["Greed", "a \"b\", c", " spaces ", "two\nlines", "naïve 💶", "\"\""]
    let days = (1...6).map { Day("2025-09-0\($0)")! }
    let rows = Self.text(.sentiment, zip(days, words).map { [$0.description, 50.5, $1] })
    let found = try Self.read(.sentiment, rows)
    #expect(
      found.facts == [.sentiment(zip(days, words).map { SentimentValue(day: $0, value: 50.5, classification: $1) })])
  }

  @Test func `what is not known stays so`() throws {
    let points = try Self.read(
      .pricePoint, Self.text(.pricePoint, [[Int64(3600), 1.5, nil, 2e12], [Int64(7200), -37.63, nil, nil]]))
    #expect(
      points.facts == [
        .pricePoints([
          PricePoint(at: Instant(epochSeconds: 3600), price: 1.5, marketCap: nil, volume24h: 2e12),
          PricePoint(at: Instant(epochSeconds: 7200), price: -37.63, marketCap: nil, volume24h: nil),
        ])
      ])
    let day = Day("2025-09-01")!
    let flows = try Self.read(
      .etfFlow,
      Self.text(.etfFlow, [[day.description, "FBTC", nil, nil], [day.description, "IBIT", Int64(-3), Int64(7)]]))
    #expect(
      flows.facts == [
        .flows([
          EtfFlow(day: day, ticker: "FBTC", netFlowUSD: nil),
          EtfFlow(day: day, ticker: "IBIT", netFlowUSD: -3, netAssetsUSD: 7),
        ])
      ])
  }

  @Test(arguments: [
    ("3600,1,2,0.5", RefusalReason.malformed), ("3600,1,2,0.5,1,1,1", .malformed), ("3600,nan,2,0.5,1,1", .notANumber),
    ("3600,,2,0.5,1,1", .notANumber), ("3600,1e999,2,0.5,1,1", .notANumber), ("x,1,2,0.5,1,1", .notANumber),
    (",1,2,0.5,1,1", .wrongTime), ("999999999999999,1,2,0.5,1,1", .wrongTime), ("3600,3,2,0.5,1,1", .impossibleRange),
    ("3600,1,2,0.5,1,-1", .outOfBounds), ("0,1,2,0.5,1,1", .contradictory), ("-3600,1,2,0.5,1,1", .contradictory),
    ("\"3600,1,2,0.5,1,1", .malformed),
  ])
  func `a line that is no row costs itself`(line: String, reason: RefusalReason) throws {
    let found = try Self.read(.bar, "0,1,2,0.5,1,1\n\(line)\n7200,1,2,0.5,1,1\n")
    #expect(found.refusals.map(\.reason) == [reason])
    #expect(found.facts.reduce(0) { $0 + $1.count } == 2)
    #expect(found.refusals.first?.detail.hasPrefix("line 3: ") == true)
  }

  @Test(arguments: ["", "open_time,open,high,low,close\n", "0,1,2,0.5,1,1\n", "OPEN_TIME,OPEN\n"])
  func `another beginning is another file`(text: String) throws {
    let order = ImportOrder(
      dataset: .bar, asset: "BTC", assetClass: .crypto, interval: .hour1, layout: FactText.layout)
    let key = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "BTCUSDT", interval: .hour1)
    #expect(throws: FileRefusal.self) {
      try Array(text.utf8).withUnsafeBytes {
        try MarketFiles(shapes: Self.shapes).open(order, series: key, sample: $0, isWhole: true, at: FileReading.now)
      }
    }
  }
}
