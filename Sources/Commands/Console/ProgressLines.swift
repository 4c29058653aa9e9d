import Market
import Pipeline
import Rendering
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a person sees while a run goes on: on a terminal one live line for each step, otherwise one line a step when it
/// has ended. All of it on standard error.
final class ProgressLines: Sendable {
  private let console: Console
  private let isLive: Bool
  private let state = Mutex(State())

  private struct State {
    /// Steps in the order in which they began, as long as their lines can still change.
    var steps: [LiveStep] = []
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
      if isLive {
        update(report, StepLine(report, style: .plain).outcome, end: line.text)
      } else {
        console.say(line.text)
      }
    case .note(let text):
      if isLive { state.withLock { draw(&$0, above: [TerminalText.escaped(text)]) } } else { console.say(text) }
    }
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
    let live = LiveStep.lines(of: state.steps, width: width, height: height)
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
      let lines = state.steps.map { $0.end ?? $0.text }
      state.steps = []
      if isLive { draw(&state, above: lines) }
      state = State()
    }
  }
}
