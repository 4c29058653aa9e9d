import ArgumentParser
import Formats
import Market
import Narrative
import Pipeline
import Provenance
import Store

/// Says where a number comes from.
package struct WhyCommand: ParsableCommand {
  /// Its name, and what `--help` says of it, with the subjects that can be asked about.
  package static let configuration = CommandConfiguration(
    commandName: "why", _superCommandName: Program.name,
    abstract: "Say where a number comes from: the rule, the answer, the place in its bytes.",
    usage: "appliance why <subject> [<field>] [--interval <interval>] [--source <source>] [--as-of <instant>] [--raw]",
    discussion: """
      Of a stored fact: what was asked of whom and when, the exact bytes that say so, read once more, and what stood \
      there before; of one that was imported, the line of its file. Of a computed figure: the formula and what went into it, each with the question that asks for it. \
      Where nothing is stored: why not, with exit 1.

      SUBJECTS
        SYM INSTANT [FIELD]         a price: open, high, low, close, volume; the hour that holds the instant
        SYM DAY [FIELD]             the same of the whole UTC day; its close unless said otherwise
                                    (of its daily bar where no hours are stored)
        fng DAY [FIELD]             the sentiment index of a day
        macro ID DAY                an economic series: what was published last of the period that begins on that day
        event ID [FIELD]            an event as its source told it; of `actual` the value that it is made of
        theme NAME DAY [MEASURE]    what is written about a theme: its volume, the norm, or its tone
        flow TICKER DAY             what a fund took in or lost
        snapshot SYM DAY FIELD      a column of daily_market_snapshot
        summary ID [FACT]           a text and its facts; of a model, the whole exchange

      EXAMPLES
        appliance why BTC 2025-09-19T13:00Z close
        appliance why BTC 2025-09-19T13:00Z --source coinbase
        appliance why BTC 2025-09-19T13:00Z --source coingecko       a sampled price
        appliance why fng 2025-09-19
        appliance why flow IBIT 2025-09-18
        appliance why macro GDP 2024-04-01 --as-of 2024-08-01
        appliance why snapshot BTC 2025-09-19 volatility_7d
        appliance why BTC 2025-09-19T13:00Z close --raw | jq '.[12]'
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("What is asked about, as above.", valueName: "subject"),
    completion: .custom(NameCompletion.subjects))
  var words: [String]

  @Option(
    name: .long, help: ArgumentHelp("Prices of this interval; an hour unless said otherwise.", valueName: "interval"))
  var interval: Interval?

  @Option(name: .long, help: ArgumentHelp("What this source said, not the chosen one.", valueName: "source"))
  var source: String?

  @Flag(name: .long, help: "Write the bytes of the answer, or of the line of an imported file, and nothing else.")
  var raw = false

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  /// Prints where a figure comes from, or with `--raw` the very bytes.
  package func run() throws {
    let context = try CommandContext(global)
    if raw, global.json { throw Failure(.usage, "--raw writes bytes and --json an object; leave one of them away") }
    let store = try context.reader(past, about: words.first.map { [$0] } ?? [])
    let now = try context.now(of: store)
    let asked = WhyWords(words, interval: interval, source: source, now: now)
    let subject = try asked.subject(in: store)
    let explanation: Explanation
    do {
      let opener = context.wiring.fileReader
      let tracer = Tracer(
        store: store, providers: context.providers, now: now, typed: context.typed,
        callTrace: ModelLedger(store).trace
      ) { file, fact in
        do {
          return try ImportReplay(file, in: store, opener: opener).line(
            under: fact.key, saying: fact.values)
        } catch let fault as ImportReplay.Fault {
          throw FileRefusal("\(fault)", hint: "")
        }
      }
      explanation = try tracer.explain(subject)
    } catch let error as WhyError {
      throw Failure(.usage, error.description)
    }
    try context.sayRemark(on: store)
    if let remark = try asked.remark(on: subject, in: store, typed: context.typed) { context.console.say(remark) }
    if raw { return try writeBytes(of: explanation, subject, store, context) }
    if global.json {
      try Console.output(explanation.json)
    } else {
      try Console.output(explanation.text(width: Console.width(), style: context.console.style))
    }
    // What was printed says it already.
    if explanation.isAbsent { throw Failure(.failed) }
  }

  private func writeBytes(of explanation: Explanation, _ subject: WhySubject, _ store: Store, _ context: CommandContext)
    throws
  {
    guard let answer = explanation.answer else {
      let reason = explanation.isAbsent ? explanation.headline : "it was computed, not sent"
      throw Failure(
        explanation.isAbsent ? .failed : .usage,
        "--raw: \(reason); `\(context.typed(subject.command(asOf: store.asOf)))` says what it is made of")
    }
    try answer.withUnsafeBytes { bytes in try DescriptorSink.standardOutput.write(bytes) }
  }
}
