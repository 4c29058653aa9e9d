import ArgumentParser
import Market
import Rendering
import Schema
import Store

/// The flags by which `show` and `export` narrow the rows of a dataset and choose among its columns.
struct RowArguments: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Prices of this interval.", valueName: "interval"))
  var interval: Interval?

  @Option(
    name: .long, help: ArgumentHelp("Of a dataset, only these assets, where rows have one.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Of a dataset, only the assets of this group.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Option(name: .long, help: ArgumentHelp("Of flows, only these funds.", valueName: "ticker"))
  var ticker: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("From this day, instant or age on: 2025-09-19, yesterday, 90d.", valueName: "day"))
  var from: Moment?

  @Option(name: .long, help: ArgumentHelp("Up to this instant, or to the end of this day.", valueName: "day"))
  var to: Moment?

  @Option(name: .long, help: ArgumentHelp("Only these columns, in this order.", valueName: "column"))
  var columns: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of bars: prices as traded (none), restated for splits, or for dividends too (all); by default as stored.",
      valueName: "for"))
  var adjust: Adjustment?

  /// The instants from one flag to the other; `nil` where neither is given.
  func span(of dataset: NamedDataset, at now: Instant) throws -> ClosedRange<Instant>? {
    if from != nil || to != nil, !dataset.hasTime {
      throw Failure(.usage, "--from and --to: the rows of \(dataset.name) have no time; leave them away")
    }
    return try Commands.span(from: from, to: to, at: now)
  }

  /// The dataset with the columns that are wanted.
  func narrowed(_ dataset: NamedDataset) throws -> NamedDataset {
    let names = try split(columns, flag: "--columns").map { $0.lowercased() }
    guard !names.isEmpty else { return dataset }
    let known = dataset.columns.map(\.name)
    for name in names where !known.contains(name) {
      throw Failure(
        .usage,
        "--columns: \(dataset.name) has no column '\(shown(name))'\(meantText(name, among: known)); "
          + "it has \(known.joined(separator: ", "))")
    }
    guard Set(names).count == names.count, let narrowed = dataset.showing(names) else {
      throw Failure(.usage, "--columns names one of them twice: \(names.joined(separator: ", "))")
    }
    return narrowed
  }

  /// The tickers as the file spells them; `nil` where none is named.
  func tickers(of dataset: NamedDataset, _ store: Store) throws -> [String]? {
    let asked = try split(ticker, flag: "--ticker").map { $0.uppercased() }
    guard !asked.isEmpty else { return nil }
    guard dataset.ticker != nil else {
      throw Failure(.usage, "--ticker: the rows of \(dataset.name) are about no fund; leave it away")
    }
    let known = try store.catalogue.assets().flatMap { try store.catalogue.tickers(ofFundsHolding: $0.symbol) }
    for ticker in asked where !known.contains(ticker) {
      throw Failure(
        .usage,
        "--ticker: there is no fund '\(shown(ticker))'\(meantText(ticker, among: known)); "
          + "the funds are \(known.joined(separator: ", "))")
    }
    return asked
  }
}
