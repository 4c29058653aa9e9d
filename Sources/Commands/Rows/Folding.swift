import Datasets
import Market
import Rendering
import Schema
import Store

/// Bars that are not stored and are made of shorter ones as they are read.
struct Folding: Sendable {
  /// The shorter bars, restated where that is wanted.
  let parts: NamedDataset
  let interval: Interval
  /// Of each asset.
  let calendars: [String: Calendar]
  let now: Instant

  /// - Returns: `nil` where the bars that were asked for are stored.
  init?(_ asked: AskedRows, _ rows: RowArguments, _ store: Store, at now: Instant) throws {
    guard let shorter = asked.foldedFrom, let interval = Interval.allCases.first(where: { $0.seconds == asked.step })
    else { return nil }
    let prices = NamedDataset.prices(shorter)
    let whole = prices.priceLines?.dataset ?? prices
    parts = try rows.restated(whole, assets: asked.assets, store, at: now).dataset
    self.interval = interval
    self.now = now
    calendars = Dictionary(
      try store.catalogue.assets().map { ($0.symbol, Calendar(of: $0.assetClass)) }, uniquingKeysWith: { $1 })
  }

  func write(
    _ reader: DatasetReader, _ dataset: NamedDataset, _ selection: RowSelection, into next: some RowReceiver
  ) throws -> (count: Int, leftOut: Int) {
    let folded = FoldedRows(
      into: next, from: parts.columns.map(\.name),
      .init(
        interval, calendars: calendars, columns: dataset.columns.map(\.name), span: selection.span,
        last: selection.last, now: now))
    // What begins in the span is whole: its session and its end are read too.
    let span = selection.span.map { $0.lowerBound - 7 * 86_400...$0.upperBound + interval.seconds }
    _ = try reader.rows(of: parts, RowSelection(assets: selection.assets, span: span), into: folded)
    return try folded.finish()
  }
}
