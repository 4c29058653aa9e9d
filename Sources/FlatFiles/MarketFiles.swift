import Formats
import Market

/// The files that can be imported: bars, sentiment and fund flows as tables.
package struct MarketFiles: FactFileOpener {
  private let shapes: [FactShape]
  private let knowledge: FileKnowledge?
  private let checksColumns: Bool

  /// - Parameters:
  ///   - shapes: the kinds of which a record writes rows of its own.
  ///   - knowledge: the assets and funds that are known, so that a file of others is not taken for one of the asset that
  ///     was asked for; `nil` where a file is read again, which is read as it was at the time, whatever is known now.
  ///   - checksColumns: whether a column that was told and is not there is wrong usage.
  package init(shapes: [FactShape], knowing knowledge: FileKnowledge? = nil, checksColumns: Bool = false) {
    self.shapes = shapes
    self.knowledge = knowledge
    self.checksColumns = checksColumns
  }

  /// Names of the layouts, as `--source` takes them.
  package static let layouts: [String] = NamedLayout.all.map(\.name)

  /// Finds out how a table is laid out, as far as the order does not say.
  ///
  /// - Throws: `FileRefusal` for an empty file, one that is no text, a dataset that is not imported, and a layout that
  ///   cannot be told; where columns are checked, also for one that was told and is not there.
  package func open(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile {
    if sample.isEmpty { throw FileRefusal("it is empty", hint: "") }
    // A table in UTF-8 has no zero bytes; UTF-16 without its mark is half of them.
    if sample.prefix(4096).count(where: { $0 == 0 }) * 10 > min(4096, sample.count) {
      throw FileRefusal("it holds no text", hint: "A table in UTF-16 can be converted: iconv -f UTF-16 -t UTF-8")
    }
    if order.judgesEvidence, sample.count(where: { $0 == 13 }) > 1, !sample.contains(10) {
      throw FileRefusal(
        "its lines end with a carriage return alone, as on old Macs", hint: "Convert it first: tr '\\r' '\\n'")
    }
    if order.layout == FactText.layout {
      guard let shape = shapes.first(where: { $0.dataset == series.dataset }) else {
        throw FileRefusal("it holds rows of \(series.dataset.rawValue), which are not known here", hint: "")
      }
      return try RecordFile(order, series: series, shape: shape, sample: sample)
    }
    if checksColumns { try ToldColumns(order).check(against: sample, isWhole: isWhole) }
    switch order.dataset {
    case .bar:
      let reader = SymbolReader(order, knowing: knowledge)
      return try BarFile(order, series: series, reader: reader, sample: sample, isWhole: isWhole, at: now)
    case .sentiment: return try SentimentFile(order, series: series, sample: sample, isWhole: isWhole, at: now)
    case .etfFlow:
      return try FlowFile(order, series: series, knowing: knowledge, sample: sample, isWhole: isWhole, at: now)
    default:
      let name = order.dataset == .pricePoint ? "sampled prices are" : "\(order.dataset.rawValue) is"
      throw FileRefusal("\(name) not imported", hint: "Import bars, sentiment or etf-flow")
    }
  }
}
