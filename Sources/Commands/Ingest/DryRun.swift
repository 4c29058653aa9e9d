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
    // Each request of many series would bury what they come to.
    let isShort = plan.lines.filter { !$0.requests.isEmpty && !$0.isFallback }.count <= SourceProgress.mostLines
    if isShort || context.options.verbose { for line in plan.lines { try Console.output(text(line)) } }
    if !isShort { try Console.output(totals(plan)) }
  }

  /// A line for each provider: requests, the time that they take at the least, and what of its ration is left for them.
  private func totals(_ plan: RunPlan) throws -> String {
    let asked = plan.lines.filter { !$0.requests.isEmpty && !$0.isFallback }
    let counts = Dictionary(asked.map { ($0.series.provider, $0.requests.count) }, uniquingKeysWith: +)
    let series = Dictionary(asked.map { ($0.series.provider, 1) }, uniquingKeysWith: +)
    let seconds = Dictionary(
      try context.leastSeconds(asking: counts).map { ($0.profile.name, $0.seconds) }
    ) { first, _ in first }
    let lines = try context.profiles.compactMap { profile -> String? in
      guard let requests = counts[profile.name] else { return nil }
      let wait = seconds[profile.name].flatMap { $0 < 1 ? nil : ", at least \(humanDuration(seconds: $0))" } ?? ""
      return profile.name.description.padded(to: 28)
        + "  \(series[profile.name] ?? 0) series, \(counted(requests, "request"))\(wait); "
        + (try ration(profile, requests)) + "\n"
    }
    return lines.joined() + "-v lists each request.\n"
  }

  /// `60 a minute`, `25 a day, 30 left for tomorrow`
  private func ration(_ profile: ProviderProfile, _ requests: Int) throws -> String {
    guard let window = profile.politeness.windows.max(by: { $0.seconds < $1.seconds }) else { return "no ration" }
    let limit = try context.keys()[profile.name] == nil ? window.limit : window.limitWithKey
    let left = window.seconds >= 86_400 && requests > limit ? ", \(requests - limit) left for tomorrow" : ""
    return rationText(limit, in: window.seconds) + left
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
