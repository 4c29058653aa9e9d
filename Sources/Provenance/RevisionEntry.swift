import Market
import Rendering
import Store
import Telling

/// A revision that a provider published, as a list of changes tells it.
struct RevisionEntry {
  let revision: Revision
  /// The answer that told the new value.
  let fetch: FetchRecord?
  let asOf: Instant?

  private var subject: WhySubject { revision.series.subject(.macro, revision.key) }
  private var old: FigureValue { FigureValue(revision.old) }
  private var new: FigureValue { FigureValue(revision.new) }

  func text(width: Int?, style: TextStyle, typed: TypedCommand) -> String {
    var text = LabelledText()
    text.add("revised", "\(old.text) became \(new.text)\(move)")
    text.add(Day.known(isDated), "\(revision.vintage), fetch \(revision.newFetch.rawValue)\(teller)")
    text.add("more", typed(subject.command(asOf: asOf)))
    let lines = LabelledText.folded(TerminalText.escaped("\(subject)"), to: width)
    return lines.map { style.bold($0) + "\n" }.joined() + text.text(width: width, style: style)
  }

  /// Whether its provider said on which day it published it.
  private var isDated: Bool { revision.vintage.isPublication(toldAt: fetch?.receivedAt, answering: fetch?.target) }

  private var teller: String { fetch.map { " of run \($0.run.rawValue), from \($0.title)" } ?? "" }

  private var move: String { FigureMove(old: old, new: new, field: .value, series: revision.series).text }

  var json: JSONValue {
    [
      "why": .string(subject.description), "published": .optional(isDated ? revision.vintage.description : nil),
      "known_since": .optional(isDated ? nil : revision.vintage.description),
      "series": revision.series.json, "day": .string(revision.day.description), "old": old.json, "new": new.json,
      "old_fetch_id": .integer(revision.oldFetch.rawValue), "new_fetch_id": .integer(revision.newFetch.rawValue),
    ]
  }
}

extension Day {
  /// What is said before a vintage: that a value was published then, or is here since.
  static func known(_ isDated: Bool) -> String { isDated ? "published" : "here since" }
}
