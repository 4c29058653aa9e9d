import Following
import Market
import Pipeline
import Rendering
import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `ingest --dry-run`: what would be asked, without asking and without touching anything.
struct DryRun {
  let context: CommandContext
  let options: RunOptions

  func print() throws {
    let store = try store()
    let transport = try context.network(quotas: [])
    defer { transport.shutDown() }
    let plan = try RunPlan(
      options, store: store,
      Ingest.Dependencies(
        providers: context.providers, transport: transport, clock: context.clock, quotas: { [] },
        keyed: Set(try context.keys().keys), command: "ingest --dry-run", version: context.version, processID: getpid(),
        closing: [], onEvent: { _ in }))
    let sources = plan.sources(
      context.profiles, keyed: Set(try context.keys().keys), quotas: try store.runs.quotas(),
      isRationed: { (try? context.isPaced($0)) ?? true }, at: context.clock.now)
    let seconds = Dictionary(
      try context.leastSeconds(asking: sources).map { ($0.source.profile.name, $0.seconds) }
    ) { first, _ in first }
    if context.options.json {
      return try Console.output([
        "version": 1, "plan": .array(plan.lines.map(\.json)),
        "sources": .array(sources.map { $0.json(atLeast: seconds[$0.profile.name] ?? 0) }),
      ])
    }
    // Each request of many series would bury what they come to.
    let isListed =
      context.options.verbose
      || plan.lines.filter { !$0.requests.isEmpty && !$0.isFallback }.count <= SourceProgress.mostLines
    if isListed { for line in plan.lines { try Console.output(text(line)) } }
    try Console.output(text(sources, seconds) + (isListed ? "" : "-v lists each request.\n"))
  }

  /// For each provider requests, rows, the time that they take at the least, and what of its ration is left for them.
  private func text(_ sources: [PlannedSource], _ seconds: [ProviderName: Int64]) -> String {
    var text = LabelledText()
    for source in sources {
      let wait =
        seconds[source.profile.name].flatMap { $0 < 1 ? nil : ", at least \(humanDuration(seconds: $0))" } ?? ""
      text.add(
        source.profile.name.description,
        "\(source.series) series, \(counted(source.requests, "request")), \(rowsText(source.rows))\(wait); "
          + (source.ration.map(words) ?? "no ration"))
    }
    return text.text(width: Console.width())
  }

  private func rowsText(_ rows: Int) -> String { "\(groupedText(Int64(rows))) \(rows == 1 ? "row" : "rows")" }

  /// `30 a minute`; `25 a day, 3 used, 22 left; 8 requests left for tomorrow`
  private func words(_ ration: PlannedRation) -> String {
    let use = ration.used > 0 ? ", \(ration.used) used, \(ration.left) left" : ""
    let late = ration.leftForTomorrow > 0 ? "; \(counted(ration.leftForTomorrow, "request")) left for tomorrow" : ""
    return rationText(ration.limit, in: ration.seconds) + use + late
  }

  /// The file as it is; where there is none, an empty one in memory.
  private func store() throws -> Store {
    do {
      return try context.reader()
    } catch StoreError.noDatabase {
      let scratch = try Store.scratch()
      try scratch.following.register(context.universe, providers: context.profiles)
      return scratch
    }
  }

  private func text(_ line: RunPlan.Line) -> String {
    let subject = [line.step.rawValue, line.asset, line.source.description].compactMap { $0 }.joined(
      separator: " ")
    if let reason = line.reason {
      return "\(subject.padded(to: 28))  nothing: \(reason.rawValue.replacing("_", with: " "))\n"
    }
    let note =
      line.isTooMuch
      ? ": too many, a run stops here; --since asks for them"
      : line.isFallback ? " (only if the one before falls short)" : ""
    let count = "\(counted(line.requests.count, "request")), \(rowsText(line.rows))"
    let shown = line.requests.prefix(3).map { "    \($0.method.rawValue) \($0.target)\n" }.joined()
    let more = line.requests.count > 3 ? "    … and \(line.requests.count - 3) more\n" : ""
    return "\(subject.padded(to: 28))  \(count)\(note)\n" + shown + more
  }
}
