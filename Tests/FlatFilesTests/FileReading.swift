import Market
import Support
import Testing

@testable import FlatFiles

/// A file read whole, or in pieces, as an import reads it.
struct FileReading {
  var bars: [Bar] = []
  var sentiment: [SentimentValue] = []
  var flows: [EtfFlow] = []
  var refusals: [Refusal] = []
  var repeats: [RepeatedBar] = []
  var tally = FileTally()
  var layout = ""
  var covers: [ClosedRange<Instant>] = []
  var settled: ImportOrder?
  var remarks: [String] = []

  static let now = Instant(epochSeconds: 1_793_491_200)  // 2026-11-01
  static let funds = ["IBIT", "FBTC", "BITB", "ARKB"].map { Fund(ticker: $0, asset: "BTC", name: $0) }

  static let knowledge = FileKnowledge(
    assets: [("BTC", "Bitcoin"), ("ETH", "Ethereum"), ("WBTC", "Wrapped Bitcoin"), ("SOL", "Solana")].map {
      Asset(symbol: $0.0, name: $0.1, assetClass: .crypto)
    } + ["AAPL", "MSFT", "LOW"].map { Asset(symbol: $0, name: $0, assetClass: .stock) },
    funds: funds + [Fund(ticker: "ETHA", asset: "ETH", name: "ETHA")])

  init(_ text: String, _ order: ImportOrder, pieces: Int? = nil, now: Instant = now) throws {
    try self.init(Array(text.utf8), order, pieces: pieces, now: now)
  }

  /// Every file is read a second time by its settled order, as a replay does, which has to give the same.
  init(_ bytes: [UInt8], _ order: ImportOrder, pieces: Int? = nil, now: Instant = now) throws {
    let key = SeriesKey(dataset: order.dataset, provider: "import", providerSymbol: "X", interval: order.interval)
    let files = MarketFiles(shapes: [.bar, .pricePoint, .sentiment, .etfFlow], knowing: FileReading.knowledge)
    let sample = bytes.prefix(1 << 20)
    let file = try sample.withUnsafeBytes {
      try files.open(order, series: key, sample: $0, isWhole: sample.count == bytes.count, at: now)
    }
    settled = file.settled
    remarks = file.remarks
    try read(bytes, by: file, pieces: pieces)
    let stored = try #require(ImportOrder(query: file.settled.query))
    #expect(stored == file.settled)
    // What is settled is not looked for again: its mark is enough to open the file.
    let again = try bytes.prefix(3).withUnsafeBytes {
      try MarketFiles(shapes: [.bar, .pricePoint, .sentiment, .etfFlow]).open(
        stored, series: key, sample: $0, isWhole: false, at: now)
    }
    var replayed = FileReading()
    try replayed.read(bytes, by: again, pieces: pieces)
    #expect(replayed.bars == bars && replayed.sentiment == sentiment && replayed.flows == flows)
    #expect(replayed.refusals == refusals && replayed.repeats == repeats && replayed.tally == tally)
  }

  private init() {}

  private mutating func read(_ bytes: [UInt8], by file: any FactFile, pieces: Int?) throws {
    let size = pieces ?? max(1, bytes.count)
    var position = 0
    repeat {
      let end = min(bytes.count, position + size)
      let part = try Array(bytes[position..<end]).withUnsafeBytes { try file.read($0, isLast: end == bytes.count) }
      take(part)
      position = end
    } while position < bytes.count
    tally = file.tally
    layout = file.layout
  }

  private mutating func take(_ part: FilePart) {
    refusals += part.reading.refusals
    repeats += part.repeats
    if let covered = part.reading.covers { covers.append(covered) }
    switch part.reading.facts.typed {
    case .bars(let rows): bars += rows
    case .rows: break
    case .sentiment(let rows): sentiment += rows
    case .flows(let rows): flows += rows
    case .pricePoints: break
    }
  }
}

extension ImportOrder {
  static func bars(_ interval: Interval = .hour1, class assetClass: AssetClass = .crypto) -> ImportOrder {
    ImportOrder(dataset: .bar, asset: "BTC", assetClass: assetClass, interval: interval)
  }

  func with(_ change: (inout ImportOrder) -> Void) -> ImportOrder {
    var order = self
    change(&order)
    return order
  }
}
