import Market
import Rendering
import SQLite
import Store

/// What became of a sealed report: whether it was touched, whether it follows from the data, and what was restated since.
package struct SealCheck: Sendable {
  /// What can be said of the text and of the facts behind it, the gravest first.
  package enum Outcome: String, Sendable {
    /// The text is not what was sealed.
    case altered
    /// The text and its hash agree, but this very program writes it otherwise: it was changed and sealed anew.
    case resealed
    /// It was made from another record.
    case foreign
    /// Its facts do not follow from what this record knew then.
    case unfounded
    /// The record cannot say what was known then.
    case unknown
    /// It follows from what was known then, and would be told otherwise now.
    case outdated
    /// It follows, and still holds.
    case holds
  }

  /// What the file says of itself.
  package let seal: Seal
  /// The gravest of what can be said.
  package let outcome: Outcome
  /// Whether its text was held against its facts, by writing it again: not where another version of the program wrote it.
  package let isTextHeld: Bool
  /// Figures of what it is about that were replaced since, oldest first.
  package let restated: [RestatedFigure]

  /// Whether the report is what it says it is.
  package var isSound: Bool { outcome == .holds || outcome == .outdated }

  /// Holds a file against a record.
  ///
  /// A report that another version of the program wrote, and that this one writes otherwise, is judged by its own hash and by
  /// its facts alone: a renderer that draws otherwise has not changed what is told, and what else was changed nobody can say.
  ///
  /// - Parameters:
  ///   - file: the whole file.
  ///   - maker: this program, as it would sign; `nil` where it does not know of which commit it is, so that it cannot tell its
  ///     own texts from those of another version.
  ///   - reader: the record, as it was known at an instant, or now.
  /// - Returns: `nil` where the file bears no seal.
  /// - Throws: `StoreError`.
  package init?(of file: String, maker: String?, reader: (Instant?) throws -> Store) throws {
    guard let (seal, text) = Seal.read(file) else { return nil }
    self.seal = seal
    let now = try reader(nil)
    guard Seal.hash(text) == seal.text else {
      (outcome, isTextHeld, restated) = (.altered, false, [])
      return
    }
    guard try now.identity() == seal.record else {
      (outcome, isTextHeld, restated) = (.foreign, false, [])
      return
    }
    let then = try SealCheck.report(of: seal, at: seal.knownAt, reader)
    restated = try SealCheck.restated(since: seal, now)
    isTextHeld = then.map { SealCheck.isWritten(text, by: $0) } ?? false
    guard let then else {
      outcome = .unknown
      return
    }
    guard seal.rules == Seal.currentRules, Seal.hash(then.facts.canonical) == seal.facts else {
      outcome = seal.rules == Seal.currentRules ? .unfounded : .unknown
      return
    }
    guard seal.maker != maker || isTextHeld else {
      outcome = .resealed
      return
    }
    let today = seal.knownOn == nil ? try SealCheck.report(of: seal, at: nil, reader) : then
    outcome = today.map { Seal.hash($0.facts.canonical) } == seal.facts ? .holds : .outdated
  }

  /// The report made again; `nil` where the record has nothing of it.
  private static func report(
    of seal: Seal, at instant: Instant?, _ reader: (Instant?) throws -> Store
  ) throws -> (any WrittenReport)? {
    do {
      var report = try seal.order.report(from: try reader(instant))
      report.knownOn = seal.knownOn
      return report
    } catch is ReportError {
      return nil
    } catch StoreError.unknownPast {
      return nil
    }
  }

  private static func isWritten(_ text: String, by report: any WrittenReport) -> Bool {
    let document = report.document
    return text == document.html() + "\n" || text == document.markdown + "\n"
  }

  private static func restated(since seal: Seal, _ store: Store) throws -> [RestatedFigure] {
    guard let knownAt = seal.knownAt else { return [] }
    let day = seal.order.day
    // As far back as anything that it shows.
    let first = (day - (seal.order.kind == .asset ? 400 : 100)).start
    return try store.past.restatedFigures(in: first...day.end - 1).filter { figure in
      figure.replacedAt > knownAt
        && (seal.order.symbols.map { symbols in figure.asset.map(symbols.contains) ?? true } ?? true)
    }
  }
}
