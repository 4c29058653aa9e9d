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
    if context.options.json { return try Console.output(json(plan)) }
    for line in plan.lines { try Console.output(text(line)) }
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
    let subject = [line.step.rawValue, line.asset, line.series.provider.description].compactMap { $0 }.joined(
      separator: " ")
    if let reason = line.reason {
      return "\(subject.padded(to: 28))  nothing: \(reason.rawValue.replacing("_", with: " "))\n"
    }
    let note =
      line.isTooMuch
      ? ": too many, a run stops here; --since asks for them"
      : line.isFallback ? " (only if the one before falls short)" : ""
    let count = line.requests.count == 1 ? "1 request" : "\(line.requests.count) requests"
    let shown = line.requests.prefix(3).map { "    \($0.method.rawValue) \($0.target)\n" }.joined()
    let more = line.requests.count > 3 ? "    … and \(line.requests.count - 3) more\n" : ""
    return "\(subject.padded(to: 28))  \(count)\(note)\n" + shown + more
  }

  private func json(_ plan: RunPlan) -> JSONValue {
    ["version": 1, "plan": .array(plan.lines.map(\.json))]
  }
}
