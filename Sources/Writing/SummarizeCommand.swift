import ArgumentParser
import Commands
import Market
import Narrative
import Rendering
import Reports
import Store
import Telling

/// Puts a day into words: by rule, and by a language model where one is set up.
package struct SummarizeCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it, with its exit codes.
  package static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Put a day into words: by rule, and by a language model where one is set up.",
    discussion: """
      Rules write what the figures say. A model is set up by LLM_PROVIDER or LLM_BASE_URL, and LLM_MODEL (`appliance config show` lists all of it); `appliance ingest` then has it write about the day before. It is told figures only, and every figure of its text is held against them: a sentence that does not stand up is sent back once and then left out, which `appliance why summary` shows. What was asked before is not asked again. Reports and `appliance show summary` take the model's text where there is a good one, and say so; `appliance export summary` has both.

      Exits with 3 where the model had no text for some, with 4 where a key is missing or refused, with 5 where it cannot be reached. A budget that is reached ends it without a failure and says what is left.

      EXAMPLES
        appliance summarize
        appliance summarize --date 2025-09-18 --asset BTC,ETH
        appliance summarize --preview | jq -r .messages[1].content
        appliance summarize --model gpt-6.1-terra --again
      """)

  @Option(
    name: .long,
    help: ArgumentHelp("The UTC day, such as 2025-09-18 or yesterday; the newest that is over.", valueName: "day"))
  var date: Moment?

  @Option(
    name: .long, help: ArgumentHelp("Only these assets, and not the market.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Option(name: .long, help: ArgumentHelp("Ask this model in place of LLM_MODEL.", valueName: "name"))
  var model: String?

  @Flag(name: .long, help: "Print just what would be sent, a line each, and send nothing.")
  var preview = false

  @Flag(name: .long, help: "Ask also what was asked before.")
  var again = false

  @OptionGroup var global: GlobalOptions

  /// Empty; the parser fills it in.
  package init() {}

  /// Writes the texts, or with `--preview` prints what would be asked.
  package func run() async throws {
    let context = try CommandContext(global)
    let settings = try context.model(model)
    if preview { return try Preview(context: context, settings: settings).print(self) }
    try await SummarizeRun(context: context, settings: settings, isAnew: again).perform(self)
  }

  /// What the rules say of the day that is meant: of the market and of each asset, or of those that were named.
  ///
  /// - Returns: the rows that are wanted, and all of the day.
  func rows(_ store: Store, at now: Instant) throws -> (wanted: [SummaryRow], all: [SummaryRow]) {
    let symbols = try store.symbols(asset)
    guard let newest = try store.telling.newestSnapshotDay(of: symbols) else {
      throw Failure(.failed, "there is no day to write about yet; `\(Program.name) ingest` brings one")
    }
    let day = date?.first(at: now).day ?? min(newest, now.day - 1)
    var all = try SummaryMaker().summaries(of: day, store: store, now: now)
    if all.isEmpty, date == nil { all = try SummaryMaker().summaries(of: newest, store: store, now: now) }
    let wanted = all.filter { row in symbols.map { row.asset.map($0.contains) ?? false } ?? true }
    guard !wanted.isEmpty else {
      throw Failure(.failed, "of \(day) nothing is known to write about; the newest day is \(newest)")
    }
    return (wanted, all)
  }
}

/// `summarize --preview`: the exact bytes, and what they can cost at most.
private struct Preview {
  let context: CommandContext
  let settings: ModelSettings?

  func print(_ command: SummarizeCommand) throws {
    guard let settings else {
      throw Failure(.usage, "no model is set up: name its server in LLM_PROVIDER or LLM_BASE_URL, and it in LLM_MODEL")
    }
    let store = try context.reader()
    let (wanted, all) = try command.rows(store, at: try context.clock(of: store).now)
    var bound = TokenUsage(input: 0, output: 0)
    for row in wanted {
      guard let preview = SummaryRound.preview(of: row, among: all, settings) else { continue }
      bound.input = (bound.input ?? 0) + (preview.bound.input ?? 0)
      bound.output = (bound.output ?? 0) + (preview.bound.output ?? 0)
      try Console.output(String(decoding: preview.payload, as: UTF8.self) + "\n")
    }
    let cost = settings.price.map { $0.cost(of: bound).map { ", \(costText($0))" } ?? "" } ?? ", and no price is set"
    context.console.say(
      "\(wanted.count == 1 ? "1 question" : "\(wanted.count) questions") to \(settings.model); at most "
        + "\((bound.input ?? 0) + (bound.output ?? 0)) tokens if each is asked once\(cost)")
  }
}
