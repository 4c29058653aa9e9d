import Market
import SQLite
import Store

/// What one check found.
package struct Finding: Sendable {
  /// How it stands; the raw value is for people and programs.
  package enum State: String, Sendable {
    case ok
    /// It works, and could bite later.
    case warning
    case problem
  }

  /// What kind of problem it is. The first ones weigh most: without a file nothing else can be said of it.
  package enum Problem: CaseIterable, Sendable {
    /// There is no database.
    case noDatabase
    /// The database or a backup is not what it should be.
    case damage
    case other
  }

  /// What was looked at, in a word or two.
  package let subject: String
  /// How bad it is.
  package let state: State
  /// What was found.
  package let text: String
  /// What to do about it.
  package let hint: String?
  /// `nil` where there is none.
  package let problem: Problem?

  private init(_ subject: String, _ state: State, _ text: String, _ hint: String?, _ problem: Problem? = nil) {
    self.subject = subject
    self.state = state
    self.text = text
    self.hint = hint
    self.problem = problem
  }

  /// All is well with the subject.
  package static func ok(_ subject: String, _ text: String) -> Finding { Finding(subject, .ok, text, nil) }

  /// Something about the subject could bite later; `hint` says what to do.
  package static func warning(_ subject: String, _ text: String, _ hint: String) -> Finding {
    Finding(subject, .warning, text, hint)
  }

  /// Something is wrong with the subject; `hint` says what to do, where we know.
  package static func problem(
    _ subject: String, _ text: String, _ hint: String?, _ problem: Problem = .other
  ) -> Finding {
    Finding(subject, .problem, text, hint, problem)
  }
}

extension Finding {
  /// The same, its texts put otherwise.
  package func worded(_ words: (String) -> String) -> Finding {
    Finding(subject, state, words(text), hint.map(words), problem)
  }

  /// What it is for programs.
  package var json: JSONValue {
    ["check": .string(subject), "state": .string(state.rawValue), "text": .string(text), "hint": .optional(hint)]
  }
}

extension [Finding] {
  /// How many stand so.
  package func count(_ state: Finding.State) -> Int { count { $0.state == state } }

  /// The problem that weighs most; `nil` where there is none.
  package var worst: Finding.Problem? {
    let found = Set(compactMap(\.problem))
    return Finding.Problem.allCases.first { found.contains($0) }
  }
}

extension Finding.Problem {
  /// What kind of problem it is that the file cannot be read.
  init(_ error: StoreError) {
    if case .noDatabase = error { self = .noDatabase } else { self = error.isIntegrity ? .damage : .other }
  }
}
