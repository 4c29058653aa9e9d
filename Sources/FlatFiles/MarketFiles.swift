import Formats
import Market

/// The files that can be imported: bars, sentiment and fund flows as tables.
package struct MarketFiles: FactFileOpener {
  private let funds: [String: Set<String>]
  private let checksColumns: Bool

  /// - Parameters:
  ///   - funds: those known, so that a table of other funds is not taken for one of an asset.
  ///   - checksColumns: whether a column that was told and is not there is wrong usage. A file that is read again is
  ///     read as it was at the time.
  package init(funds: [Fund], checksColumns: Bool = false) {
    self.funds = Dictionary(grouping: funds, by: \.asset).mapValues { Set($0.map(\.ticker)) }
    self.checksColumns = checksColumns
  }

  /// Names of the layouts, as `--source` takes them.
  package static let layouts: [String] = NamedLayout.all.map(\.name)

  package func open(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile {
    if sample.isEmpty { throw FileRefusal("it is empty", hint: "") }
    // A table in UTF-8 has no zero bytes; UTF-16 without its mark is half of them.
    if sample.prefix(4096).count(where: { $0 == 0 }) * 10 > min(4096, sample.count) {
      throw FileRefusal("it holds no text", hint: "A table in UTF-16 can be converted: iconv -f UTF-16 -t UTF-8")
    }
    if order.layout == FactText.layout { return try RecordFile(series: series, sample: sample) }
    if checksColumns { try ToldColumns(order).check(against: sample, isWhole: isWhole) }
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
