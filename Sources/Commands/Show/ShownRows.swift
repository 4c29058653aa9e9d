import Datasets
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
  /// What could not be done.
  private let remarks: [String]
  private let folding: Folding?
  private let now: Instant
  private let subjects: [String]

  init(_ command: ShowCommand, _ store: Store, now: Instant) throws {
    self.now = now
    subjects = command.subjects
    let asked = try AskedRows(
      command.subjects, asset: command.rows.asset, group: command.rows.group, interval: command.rows.interval, store)
    // Of each subject one text, though all of them are kept.
    let isOfTexts = asked.dataset.name == NamedDataset.shownSummary.name
    let narrowed = try command.rows.narrowed(isOfTexts ? NamedDataset.shownSummary : asked.dataset)
    (dataset, remarks) = try command.rows.restated(narrowed, assets: asked.assets, store, at: now)
    folding = try Folding(asked, command.rows, store, at: now)
    if command.last != nil, !dataset.hasTime {
      throw Failure(.usage, "--last: the rows of \(dataset.name) have no time; leave it away")
    }
    let told = try command.rows.span(of: dataset, at: now)
    let usual = dataset.rhythm.map { $0 == .hourly ? TimeSpan.hours(24) : .days(30) }
    let last = told == nil ? command.last ?? usual : nil
    selection = RowSelection(
      assets: asked.assets, tickers: try command.rows.tickers(of: dataset, store),
      span: told ?? last.map { ShownRows.span($0, of: asked.dataset, step: asked.step, now: now) }, last: command.limit)
    heading =
      asked.heading + (last.map { ", last \($0)" } ?? "") + ShownRows.told(command.rows, at: now)
      + (dataset.adjustment.map { ", \($0.words)" } ?? "")
  }

  /// ` from 2025-09-01 to 2025-09-12T13:00:00Z`
  private static func told(_ rows: RowArguments, at now: Instant) -> String {
    let from = rows.from.map { "from \($0.day(at: now)?.description ?? $0.first(at: now).description)" }
    let to = rows.to.map { "to \($0.day(at: now)?.description ?? $0.last(at: now).description)" }
    let words = [from, to].compactMap { $0 }.joined(separator: " ")
    return words.isEmpty ? "" : ", " + words
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
    if format == .ledger { _ = try dataset.lines() }
    try context.sayRemark(on: store)
    context.console.say(heading, marked: context.console.talkStyle.dim)
    remarks.forEach { context.console.say($0) }
    let unknown = try context.sayUnknown(subjects, in: store)
    let sink = Console.rowSink(for: format)
    let head = context.options.json ? try context.jsonHead(dataset, store) + unknown : nil
    let export = RowExport(
      dataset: dataset, selection: selection, format: format, screen: context.console.screen,
      folding: folding)
    if head == nil, let note = format.note(asOf: store.asOf, dataset.adjustment) { try sink.write(note) }
    try store.datasets.read { reader in
      let written = try head.map { try export.writeObject($0, reader, to: sink) } ?? export.write(reader, to: sink)
      if written.count == 0 { context.console.say(try nothing(reader)) }
      if written.leftOut > 0 {
        context.console.say("--limit leaves out \(groupedText(Int64(written.leftOut))) before these")
      }
      if written.count > 0, let hint = written.hint { context.console.say(hint) }
    }
  }

  /// Why there is no row, and what to do.
  private func nothing(_ reader: DatasetReader) throws -> String {
    guard dataset.hasTime, let newest = try reader.newest(of: folding?.parts ?? dataset, assets: selection.assets)
    else {
      return dataset.isEmptyBecause ?? "no rows yet; `appliance ingest` brings what there is"
    }
    let text = dataset.isDaily ? newest.day.description : newest.description
    guard newest <= now else { return "no rows then; the newest is of \(text), later than now" }
    return "no rows then; the newest is of \(text): --last \((now - newest) / 86_400 + 1)d reaches it"
  }
}
