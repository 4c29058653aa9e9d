import Market
import Pipeline
import Rendering
import Store
import Synchronization
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a person sees while a run goes on: on a terminal one live line for each step, otherwise one line a step when it
/// has ended; of more series than a screen should list, a line for each provider, and those in trouble. All of it on
/// standard error.
final class ProgressLines: Sendable {
  private let console: Console
  private let isLive: Bool
  private let state = Mutex(State())

  private struct State {
    /// Steps in the order in which they began, as long as their lines can still change.
    var steps: [LiveStep] = []
    /// Lines on the screen that the next drawing goes back over.
    var drawn = 0
    /// By provider, where series are told so.
    var sources: [SourceProgress] = []
    /// How many of them were in trouble of one kind.
    var troubles: [StepLines.Kind: Int] = [:]
    var began = ElapsedTime()
  }

  init(console: Console) {
    self.console = console
    // With -v every answer has a line of its own, which a live screen would overwrite.
    isLive = Console.talkIsTerminal && !console.isQuiet && !console.isVerbose && Environment["TERM"] != "dumb"
  }

  func show(_ event: RunEvent?) {
    guard let event, !console.isQuiet else { return }
    if isTold(event) { return }
    switch event {
    case .planned: break
    case .began(let report):
      if isLive { update(report, "…") }
    case .progressed(let report, let done, let total):
      let text = "\(done) of \(total) answers, \(groupedText(Int64(report.counts.new))) new"
      if isLive { update(report, text) }
      if console.isVerbose { console.say("\(StepLine(report, style: console.talkStyle).subject)  \(text)") }
    case .ended(let report):
      let line = StepLine(report, style: console.talkStyle)
      if isLive {
        update(report, StepLine(report, style: .plain).outcome, end: line.text)
      } else {
        console.say(line.text)
      }
    case .note(let text):
      if isLive { state.withLock { draw(&$0, above: [TerminalText.escaped(text)]) } } else { console.say(text) }
    }
  }

  /// Takes what is told by provider: the events of series, where there are many.
  private func isTold(_ event: RunEvent) -> Bool {
    guard !console.isVerbose else { return false }
    return state.withLock { state in
      switch event {
      case .planned(let sources) where sources.reduce(0, { $0 + $1.series }) > SourceProgress.mostLines:
        state.sources = sources.map { SourceProgress($0.profile.name, planned: $0.series) }
        state.began = ElapsedTime()
      case .began(let report), .progressed(let report, _, _):
        guard !state.sources.isEmpty else { return false }
        guard report.source != nil else {
          settle(&state)
          return false
        }
      case .ended(let report):
        guard !state.sources.isEmpty, let source = report.source else { return false }
        note(report, of: source, &state)
      default: return false
      }
      if isLive { draw(&state) }
      return true
    }
  }

  /// All providers have been asked: what stays of them is drawn once more and no more.
  private func settle(_ state: inout State) {
    let elapsed = state.began.seconds
    let lines = state.sources.filter { $0.done > 0 }.map { $0.summary(after: elapsed) }
    state.sources = []
    if isLive { draw(&state, above: lines) } else { lines.forEach { console.say($0) } }
  }

  private func note(_ report: StepReport, of source: ProviderName, _ state: inout State) {
    if report.outcome != .skipped, report.outcome != .interrupted {
      if !state.sources.contains(where: { $0.source == source }) {
        state.sources.append(SourceProgress(source, planned: 0))
      }
      for index in state.sources.indices where state.sources[index].source == source {
        state.sources[index].add(report)
      }
    }
    guard report.isTroubled else { return }
    // The first few say what is wrong; the summary counts them.
    let kind = StepLines.Kind(report)
    state.troubles[kind, default: 0] += 1
    guard state.troubles[kind, default: 0] <= kind.mostAlike else { return }
    let line = StepLine(report, style: console.talkStyle).text
    if isLive { draw(&state, above: [line]) } else { console.say(line) }
  }

  private func update(_ report: StepReport, _ outcome: String, end: String? = nil) {
    let step = LiveStep(report, "\(StepLine(report, style: .plain).subject)  \(outcome)", end: end)
    state.withLock { state in
      if let index = state.steps.firstIndex(where: step.isSame) {
        state.steps[index] = step
      } else {
        state.steps.append(step)
      }
      draw(&state)
    }
  }

  /// - Parameter lines: stand above the live ones from now on, and are never drawn again.
  private func draw(_ state: inout State, above lines: [String] = []) {
    let (width, height) = (Console.width(STDERR_FILENO) ?? 80, Console.height(STDERR_FILENO) ?? 24)
    let kept = lines + LiveStep.settled(&state.steps, height: height)
    let elapsed = state.began.seconds
    let sources = state.sources.map {
      TerminalText.truncatedAtWord($0.text(after: elapsed), to: max(1, width - 1))
    }
    let live =
      sources.prefix(max(0, height - 2))
      + LiveStep.lines(of: state.steps, width: width, height: max(2, height - sources.count))
    let start = state.drawn > 0 ? "\u{1B}[\(state.drawn)A\u{1B}[J" : ""
    state.drawn = live.count
    let above = kept.flatMap { ProgressLines.folded($0, to: width - 1) }
    Console.draw(start + (above + live).map { $0 + "\n" }.joined())
  }

  /// What is longer than a line goes on below, indented.
  static func folded(_ text: String, to width: Int) -> [String] {
    let lines = LabelledText.folded(text, to: max(20, width - 4))
    return lines.prefix(1) + lines.dropFirst().map { "    " + $0 }
  }

  /// Leaves the lines on the screen, each in whole.
  func finish() {
    state.withLock { state in
      settle(&state)
      let lines = state.steps.map { $0.end ?? $0.text }
      state.steps = []
      if isLive { draw(&state, above: lines) }
      state = State()
    }
  }
}
