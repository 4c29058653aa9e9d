import Formats
import Market

/// The files that can be imported: bars, sentiment and fund flows as tables.
package struct MarketFiles: FactFileOpener {
  private let funds: [String: Set<String>]

  /// - Parameter funds: those known, so that a table of other funds is not taken for one of an asset.
  package init(funds: [Fund]) {
    self.funds = Dictionary(grouping: funds, by: \.asset).mapValues { Set($0.map(\.ticker)) }
  }

  /// Names of the layouts, as `--source` takes them.
  package static let layouts: [String] = NamedLayout.all.map(\.name)

  package func open(
    _ order: FileOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile {
    if sample.isEmpty { throw FileRefusal("it is empty", hint: "") }
    // A table in UTF-8 has no zero bytes; UTF-16 without its mark is half of them.
    if sample.prefix(4096).count(where: { $0 == 0 }) * 10 > min(4096, sample.count) {
      throw FileRefusal("it holds no text", hint: "A table in UTF-16 can be converted: iconv -f UTF-16 -t UTF-8")
    }
    if order.layout == FactText.layout { return try RecordFile(series: series, sample: sample) }
    switch order.dataset {
    case .bar: return try BarFile(order, series: series, sample: sample, isWhole: isWhole, at: now)
    case .sentiment: return try SentimentFile(order, series: series, sample: sample, isWhole: isWhole, at: now)
    case .etfFlow:
      let known = order.asset.flatMap { funds[$0] } ?? []
      return try FlowFile(order, series: series, known: known, sample: sample, isWhole: isWhole, at: now)
    case .pricePoint:
      throw FileRefusal("sampled prices are not imported", hint: "Import bars, sentiment or etf-flow")
    }
  }
}
