import Market
import Support

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

  static let now = Instant(epochSeconds: 1_793_491_200)  // 2026-11-01
  static let funds = ["IBIT", "FBTC", "BITB", "ARKB"].map { Fund(ticker: $0, asset: "BTC", name: $0) }

  init(_ text: String, _ order: ImportOrder, pieces: Int? = nil, now: Instant = now) throws {
    try self.init(Array(text.utf8), order, pieces: pieces, now: now)
  }

  init(_ bytes: [UInt8], _ order: ImportOrder, pieces: Int? = nil, now: Instant = now) throws {
    let key = SeriesKey(dataset: order.dataset, provider: "import", providerSymbol: "X", interval: order.interval)
    let file = try bytes.withUnsafeBytes {
      try MarketFiles(shapes: [.bar, .pricePoint, .sentiment, .etfFlow], funds: FileReading.funds).open(
        order, series: key, sample: $0, isWhole: true, at: now)
    }
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
