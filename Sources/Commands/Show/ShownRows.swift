import Market
import Rendering
import Schema
import Store

/// What one `show` prints: which rows, and what is said about them.
struct ShownRows {
  let dataset: NamedDataset
  let selection: RowSelection
  /// The line above the rows.
  let heading: String
  private let last: TimeSpan?
  private let now: Instant

  init(_ command: ShowCommand, _ store: Store, now: Instant) throws {
    self.now = now
    let subject = try Subject(command, store)
    dataset = subject.dataset
    if command.last != nil, !dataset.hasTime {
      throw Failure(.usage, "--last: the rows of \(dataset.name) have no time; leave it away")
    }
    last = command.last ?? dataset.rhythm.map { $0 == .hourly ? .hours(24) : .days(30) }
    let span = last.map { ShownRows.span($0, of: subject.dataset, step: subject.step, now: now) }
    selection = RowSelection(assets: subject.assets, span: span, last: command.limit)
    heading = subject.heading + (last.map { ", last \($0)" } ?? "")
  }

  /// Every bar of which a part lies in the time asked for; of daily rows, so many days with today the last.
  private static func span(_ last: TimeSpan, of dataset: NamedDataset, step: Int64, now: Instant) -> ClosedRange<
    Instant
  > {
    if dataset.isDaily || dataset.rhythm == .daily {
      let days = (last.seconds + 86_399) / 86_400
      return (now - (days - 1) * 86_400).day.start...now
    }
    let first = now - last.seconds
    return (dataset.rhythm == .hourly ? first.floored(to: step) : first)...now
  }

  func print(_ context: CommandContext, _ store: Store, format: RowFormat) throws {
    try context.sayRemark(on: store)
    context.console.say(context.console.talkStyle.dim(heading))
    let sink = Console.rowSink(for: format)
    let head = context.options.json ? try context.jsonHead(dataset, store) : nil
    let export = RowExport(
      dataset: dataset, selection: selection, format: format, width: Console.width(), style: context.console.style)
    if head == nil, let note = format.note(asOf: store.asOf) { try sink.write(note) }
    try store.datasets.read { reader in
      let written = try head.map { try export.writeObject($0, reader, to: sink) } ?? export.write(reader, to: sink)
      if written.count == 0 { context.console.say(try nothing(reader)) }
      if written.leftOut > 0 {
        context.console.say("--limit leaves out \(groupedText(Int64(written.leftOut))) before these")
      }
    }
  }

  /// Why there is no row, and what to do.
  private func nothing(_ reader: DatasetReader) throws -> String {
    guard dataset.hasTime, let newest = try reader.newest(of: dataset, assets: selection.assets) else {
      return "no rows yet; `appliance ingest` brings what there is"
    }
    let text = dataset.isDaily ? newest.day.description : newest.description
    guard newest <= now else { return "no rows then; the newest is of \(text), later than now" }
    return "no rows then; the newest is of \(text): --last \((now - newest) / 86_400 + 1)d reaches it"
  }
}

/// What `show` was asked for: an asset's prices, or a dataset.
private struct Subject {
  let dataset: NamedDataset
  let assets: [String]?
  let step: Int64
  let heading: String

  init(_ command: ShowCommand, _ store: Store) throws {
    if let dataset = NamedDataset.named(command.subject) {
      try self.init(dataset, command, store)
      return
    }
    let known = try store.catalogue.assets().map(\.symbol)
    guard let symbol = Store.symbol(command.subject, in: known) else {
      throw Failure(
        .usage,
        "there is neither an asset nor a dataset '\(shown(command.subject))'; the assets are "
          + "\(known.joined(separator: ", ")); the datasets are \(NamedDataset.names)")
    }
    guard command.asset.isEmpty else { throw Failure(.usage, "--asset goes with a dataset; \(symbol) is an asset") }
    try self.init(pricesOf: symbol, command.interval, store)
  }

  private init(_ dataset: NamedDataset, _ command: ShowCommand, _ store: Store) throws {
    if command.interval != nil {
      throw Failure(.usage, "--interval goes with an asset; \(dataset.name) is a dataset")
    }
    if !command.asset.isEmpty, !dataset.hasAssets {
      throw Failure(.usage, "--asset: the rows of \(dataset.name) are about no asset; leave it away")
    }
    self.dataset = dataset
    assets = try store.symbols(command.asset)
    step = Interval.hour1.seconds
    heading = "\(dataset.name): \(dataset.title)"
  }

  /// At the interval asked for; else hours, else the shortest there is.
  private init(pricesOf symbol: String, _ interval: Interval?, _ store: Store) throws {
    let chosen = try ([.hour1] + Interval.allCases).compactMap {
      try store.catalogue.chosenPrice(of: symbol, interval: $0)
    }
    let series = interval.map { interval in chosen.first { $0.key.interval == interval } } ?? chosen.first
    if let interval, series == nil, let other = chosen.first {
      throw Failure(
        .usage,
        "\(symbol) has no prices at \(interval), only at \(other.key.interval); "
          + "days: `appliance show daily_market_snapshot --asset \(symbol)`")
    }
    dataset = .prices(series?.key.interval ?? interval ?? .hour1)
    assets = [symbol]
    step = (series?.key.interval ?? .hour1).seconds
    heading =
      if let series {
        "\(symbol) at \(series.key)" + (series.quoteCurrency.map { " in \($0)" } ?? "")
      } else if try store.catalogue.series().contains(where: {
        $0.asset == symbol && $0.key.holdsSamples && $0.count > 0
      }) {
        "\(symbol): no bars yet, only sampled prices: appliance show price_point --asset \(symbol)"
      } else {
        "\(symbol): no prices yet"
      }
  }
}
