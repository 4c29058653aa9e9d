import Market
import Rendering

/// What one check of `doctor` found.
struct Finding: Sendable {
  enum State: String, Sendable {
    case ok
    /// It works, and could bite later.
    case warning
    case problem
  }

  /// What was looked at, in a word or two.
  let subject: String
  let state: State
  /// What was found.
  let text: String
  /// What to do about it.
  let hint: String?
  /// The exit code that this problem asks for.
  let status: ExitStatus

  private init(_ subject: String, _ state: State, _ text: String, _ hint: String?, _ status: ExitStatus) {
    self.subject = subject
    self.state = state
    self.text = text
    self.hint = hint
    self.status = status
  }

  static func ok(_ subject: String, _ text: String) -> Finding { Finding(subject, .ok, text, nil, .done) }

  static func warning(_ subject: String, _ text: String, _ hint: String) -> Finding {
    Finding(subject, .warning, text, hint, .done)
  }

  static func problem(_ subject: String, _ text: String, _ hint: String?, _ status: ExitStatus = .failed) -> Finding {
    Finding(subject, .problem, text, hint, status)
  }
}

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

  var json: JSONValue {
    ["check": .string(subject), "state": .string(state.rawValue), "text": .string(text), "hint": .optional(hint)]
  }
}

extension [Finding] {
  func count(_ state: Finding.State) -> Int { count { $0.state == state } }

  /// No database first, then damage, then everything else.
  var status: ExitStatus {
    let found = Set(map(\.status))
    return [.noDatabase, .integrity, .failed].first { found.contains($0) } ?? .done
  }
}
