import Market
import Pipeline
import Rendering
import Store
import Synchronization

/// What a person sees while a run goes on: on a terminal one live line for each step, otherwise one line a step when it
/// has ended. All of it on standard error.
final class ProgressLines: Sendable {
  private let console: Console
  private let isLive: Bool
  private let state = Mutex(State())

  private struct State {
    /// Steps in the order in which they began, with their latest line.
    var lines: [(key: String, text: String)] = []
    /// Lines on the screen that the next drawing goes back over.
    var drawn = 0
  }

  init(console: Console) {
    self.console = console
    // With -v every answer has a line of its own, which a live screen would overwrite.
    isLive = Console.talkIsTerminal && !console.isQuiet && !console.isVerbose && Environment["TERM"] != "dumb"
  }

  func show(_ event: RunEvent) {
    guard !console.isQuiet else { return }
    switch event {
    case .began(let report):
      if isLive { update(report, "…") }
    case .progressed(let report, let done, let total):
      let text = "\(done) of \(total) answers, \(groupedText(Int64(report.counts.new))) new"
      if isLive { update(report, text) }
      if console.isVerbose { console.say("\(StepLine(report, style: console.talkStyle).subject)  \(text)") }
    case .ended(let report):
      let line = StepLine(report, style: console.talkStyle)
      if isLive { update(report, line.outcome) } else { console.say(line.text) }
    case .note(let text):
      console.say(text)
    }
  }

  private func update(_ report: StepReport, _ outcome: String) {
    let line = StepLine(report, style: console.talkStyle)
    state.withLock { state in
      let text = "\(line.subject)  \(outcome)"
      if let index = state.lines.firstIndex(where: { $0.key == line.subject }) {
        state.lines[index].text = text
      } else {
        state.lines.append((line.subject, text))
      }
      draw(&state)
    }
  }

  private func draw(_ state: inout State) {
    let width = Console.width(2) ?? 80
    let lines = state.lines.flatMap { ProgressLines.folded($0.text, to: width - 1) }
    // Fewer lines than before leave nothing of the old ones behind.
    let start = state.drawn > 0 ? "\u{1B}[\(state.drawn)A\u{1B}[J" : ""
    state.drawn = lines.count
    Console.draw(start + lines.map { $0 + "\n" }.joined())
  }

  /// What is longer than a line goes on below, indented.
  static func folded(_ text: String, to width: Int) -> [String] {
    let lines = LabelledText.folded(text, to: max(20, width - 4))
    return lines.prefix(1) + lines.dropFirst().map { "    " + $0 }
  }

  /// Leaves the lines on the screen as they are.
  func finish() {
    state.withLock { $0 = State() }
  }
}

/// One step in one line: `prices BTC binance   336 new, 1 request, 0.2 s`.
struct StepLine {
  let subject: String
  let outcome: String

  init(_ report: StepReport, style: TextStyle) {
    let words = [report.name.rawValue, report.asset, report.series.map(\.provider.description)].compactMap { $0 }
    subject = TerminalText.escaped(words.joined(separator: " ")).padded(to: 28)
    outcome = StepLine.outcome(report, style)
  }

  var text: String { "\(subject)  \(outcome)" }

  private static func outcome(_ report: StepReport, _ style: TextStyle) -> String {
    let counts = report.counts
    var parts = [
      "\(groupedText(Int64(counts.new))) new, \(groupedText(Int64(counts.changed))) changed, \(groupedText(Int64(counts.unchanged))) unchanged"
    ]
    if counts.refused > 0 { parts.append(style.yellow("\(counts.refused) refused")) }
    if counts.requests > 0 { parts.append(counts.requests == 1 ? "1 request" : "\(counts.requests) requests") }
    let why = TerminalText.escaped(
      report.detail ?? report.reason?.rawValue.replacing("_", with: " ") ?? "no reason was given")
    switch report.outcome {
    case .done where counts == StepCounts() && report.detail != nil: return why
    case .done: return (parts + ["\(fixedText(report.seconds, decimals: 1)) s"]).joined(separator: ", ")
    case .skipped: return style.dim("skipped: \(why)")
    case .partial: return style.yellow("partly: \(why)") + "; " + parts.joined(separator: ", ")
    case .failed: return style.red("failed: \(why)")
    case .interrupted: return style.yellow("interrupted") + "; " + parts.joined(separator: ", ")
    }
  }
}

extension String {
  /// Filled with spaces to a width, for texts of our own that are plain ASCII.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
