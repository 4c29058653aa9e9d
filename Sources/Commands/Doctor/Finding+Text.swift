import Health
import Rendering

extension Finding {
  /// One line, and the hint on another.
  func lines(_ style: TextStyle) -> String {
    let word = state.rawValue.padded(to: 7)
    let mark =
      switch state {
      case .ok: style.green(word)
      case .warning: style.yellow(word)
      case .problem: style.red(word)
      }
    let line = "\(mark)  \(subject.padded(to: 14))  \(TerminalText.escaped(text))\n"
    return line + (hint.map { "\(String(repeating: " ", count: 25))→ \(TerminalText.escaped($0))\n" } ?? "")
  }
}

extension ExitStatus {
  /// What findings end a command with, by the problem that weighs most among them.
  init(_ findings: [Finding]) {
    self =
      switch findings.worst {
      case nil: .done
      case .noDatabase: .noDatabase
      case .damage: .integrity
      case .other: .failed
      }
  }
}
