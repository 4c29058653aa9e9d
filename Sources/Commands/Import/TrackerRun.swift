import Following
import Market
import Pipeline
import Queries
import Rendering
import Store
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One `import` of a SQLite file of the older tracker: each of its series goes in like a file of its own.
struct TrackerRun: Sendable {
  let context: CommandContext
  let options: ImportCommand

  /// A table's rows of one series, on their way in.
  private struct Part: Sendable {
    let table: TrackerFile.Table
    let subject: ImportSubject
    let name: String
  }

  func perform() async throws {
    let (parts, found) = try refusing { try read() }
    let taken = try await options.dryRun ? survey(parts) : bringIn(parts)
    let summary = TrackerSummary(name: name, isRehearsal: options.dryRun, parts: taken + found)
    try summary.print(context)
    if summary.status != .done { throw Failure(summary.status) }
  }

  private var name: String { options.fileName }

  private func refusing<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let refusal as FileRefusal {
      throw Failure(.failed, shown("\(name): ") + "\(refusal)")
    }
  }

  // MARK: Reading

  /// Everything is read before the record is touched: a file that is refused leaves no trace.
  private func read() throws -> ([Part], [TrackerSummary.Part]) {
    let file = try TrackerFile(options.file)
    var parts: [Part] = []
    var told: [TrackerSummary.Part] = []
    try addHours(file, &parts, &told)
    let days = try file.days()
    if days.rows == 0 {
      told.append(.leftOut(days.name, nil, 0, "it is empty"))
    } else {
      parts.append(try part(days, dataset: .sentiment, asset: nil))
    }
    try addFlows(file, &parts, &told)
    told.append(
      .leftOut(TrackerFile.snapshots, nil, try file.count(of: TrackerFile.snapshots), "computed here from the rest"))
    try file.checkUnchanged()
    return (parts, told)
  }

  private func addHours(_ file: TrackerFile, _ parts: inout [Part], _ told: inout [TrackerSummary.Part]) throws {
    let (symbols, nameless) = try file.assets()
    if nameless > 0 { told.append(.refused(TrackerFile.hours, nil, nameless, "they name no asset")) }
    if symbols.isEmpty, nameless == 0 { told.append(.leftOut(TrackerFile.hours, nil, 0, "it is empty")) }
    for symbol in symbols {
      let table = try file.hours(of: symbol)
      do {
        let asset = try options.known(asset: symbol, context, isAlone: false)
        parts.append(try part(table, dataset: .bar, asset: asset))
      } catch let failure as Failure {
        told.append(.refused(table.name, shown(symbol), table.rows, failure.message))
      }
    }
  }

  private func addFlows(_ file: TrackerFile, _ parts: inout [Part], _ told: inout [TrackerSummary.Part]) throws {
    let name = TrackerFile.flows
    guard options.trustEtf else {
      let why = "the older tracker wrote sample values there; --trust-etf takes them"
      told.append(.leftOut(name, nil, try file.count(of: name), why))
      return
    }
    let (tickers, nameless) = try file.tickers()
    if nameless > 0 { told.append(.refused(name, nil, nameless, "they name no fund")) }
    if tickers.isEmpty, nameless == 0 { told.append(.leftOut(name, nil, 0, "it is empty")) }
    let assets = Dictionary(context.universe.funds.map { ($0.ticker, $0.asset) }) { first, _ in first }
    let unknown = tickers.filter { assets[$0] == nil }
    if !unknown.isEmpty {
      let rows = try unknown.reduce(0) { try $0 + file.flows(of: [$1]).rows }
      told.append(.refused(name, nil, rows, shown("funds that are not known: \(unknown.joined(separator: ", "))")))
    }
    let known = Dictionary(grouping: tickers.filter { assets[$0] != nil }) { assets[$0] ?? "" }
    for (symbol, funds) in known.sorted(by: { $0.key < $1.key }) {
      let asset = try options.known(asset: symbol, context, isAlone: false)
      parts.append(try part(try file.flows(of: funds), dataset: .etfFlow, asset: asset))
    }
  }

  private func part(_ table: TrackerFile.Table, dataset: Dataset, asset: Asset?) throws -> Part {
    var order = ImportOrder(
      dataset: dataset, asset: asset?.symbol, assetClass: asset?.assetClass, interval: dataset == .bar ? .hour1 : .day1)
    // Told, so that one row of a strange form cannot change what the others mean.
    order.timeZone = "UTC"
    order.unit = dataset == .etfFlow ? 1 : nil
    let subject = try ImportSubject(
      order: order, asset: asset, source: options.source ?? "tracker", providers: context.profiles, isLaidOut: true)
    let name = [name, table.name, asset?.symbol].compactMap { $0 }.joined(separator: " ")
    return Part(table: table, subject: subject, name: name)
  }

  // MARK: Storing

  private func opened(_ part: Part) throws -> OpenedImport {
    try OpenedImport(
      bytes: part.table.csv, name: part.name, order: part.subject.order, series: part.subject.definition.key,
      opener: context.wiring.fileOpener(knowing: context.knowledge(of: nil), checksColumns: false),
      at: context.clock.now)
  }

  private func survey(_ parts: [Part]) async throws -> [TrackerSummary.Part] {
    let store = try context.readerIfThere()
    return try await blocking {
      try parts.map { part in
        try told(part) { try FileImport.survey(opened(part), asset: part.subject.asset?.symbol, against: store) }
      }
    }
  }

  private func bringIn(_ parts: [Part]) async throws -> [TrackerSummary.Part] {
    let (store, finish) = try context.filler(command: "import")
    try store.claim(.live)
    try store.following.register(context.universe, providers: context.profiles)
    let told = try await Interruption.cancelling {
      try await blockingUntilStopped { flag in
        var told: [TrackerSummary.Part] = []
        for part in parts where !flag.isRaised { told.append(try bringIn(part, into: store, flag)) }
        return told
      }
    }
    try finish()
    return told
  }

  private func bringIn(_ part: Part, into store: Store, _ flag: StopFlag) throws -> TrackerSummary.Part {
    try told(part) {
      try FileImport(
        store: store, clock: context.clock, command: Program.commandLine,
        version: context.version, processID: getpid(), isCancelled: { flag.isRaised }, onProgress: { _ in }
      ).perform(
        opened(part), .init(name: part.name, path: nil, isReference: false), definition: part.subject.definition,
        asset: part.subject.asset, title: part.subject.title)
    }
  }

  /// A table that is none of its kind costs itself.
  private func told(_ part: Part, _ body: () throws -> ImportReport) throws -> TrackerSummary.Part {
    let asset = part.subject.asset?.symbol
    do {
      return .taken(part.table.name, asset, part.table.rows, try body())
    } catch let refusal as FileRefusal {
      return .refused(part.table.name, asset, part.table.rows, refusal.description)
    }
  }
}
