import Market
import Rendering
import Store

extension SealCheck {
  /// What became of the report, in a few lines.
  ///
  /// - Parameter file: its name, as it was given.
  package func text(of file: String) -> String {
    var lines = [
      "\(TerminalText.escaped(file)): report \(seal.order.kind.rawValue) of \(seal.order.day)"
        + (seal.order.symbols.map { ", " + enumeration($0.map(oneLine)) } ?? "")
        + (seal.knownAt.map { ", from what was known at \($0.spelled)" } ?? ""),
      sentence,
    ]
    if isSound, !restated.isEmpty {
      lines.append("Restated since:")
      lines += restated.prefix(20).map { "  " + $0.line }
      if restated.count > 20 {
        lines.append("  and \(restated.count - 20) more: `appliance changes` has all")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var sentence: String {
    switch outcome {
    case .altered: "Altered: the text is not the one that was sealed."
    case .resealed:
      "Altered: text and seal agree, but this program writes the report otherwise from the same facts."
    case .foreign: "Of another record: this one cannot vouch for it. The text is as it was sealed."
    case .unfounded: "Does not follow: what this record knew then gives other facts."
    case .unknown:
      "Cannot be told: the record has no longer what was known then, or the report was made by other rules. "
        + "The text is as it was sealed."
    case .outdated where isTextHeld:
      "Follows from what was known then, and is untouched; from what is known now it would be told otherwise."
    case .outdated:
      "Its facts follow from what was known then; from what is known now they would be told otherwise. " + unheld
    case .holds where isTextHeld: "Holds: it is untouched, and follows from the data."
    case .holds: "Its facts follow from the data. " + unheld
    }
  }

  /// What cannot be said of a text that this program does not write so itself.
  private var unheld: String {
    "Its text was not held against them: \(oneLine(seal.maker).isEmpty ? "an unknown version" : oneLine(seal.maker)) wrote it, "
      + "and this version writes it otherwise. Whether a word or a figure in it was changed since, only that version can tell."
  }

  /// The same for programs.
  package func json(of file: String) -> JSONValue {
    [
      "version": 1, "file": .string(file), "outcome": .string(outcome.rawValue), "is_sound": .bool(isSound),
      "is_text_held": .bool(isTextHeld),
      "report": .string(seal.order.kind.rawValue), "day": .string(seal.order.day.description),
      "assets": seal.order.symbols.map { .array($0.map(JSONValue.string)) } ?? .null,
      "as_of": .string(seal.asOf.description), "known_at": .optional(seal.knownAt?.description),
      "record": .optional(seal.record), "rules": .integer(seal.rules), "maker": .string(seal.maker),
      "restated": .array(
        restated.map { figure in
          [
            "source": .string(figure.series.provider.description), "symbol": .string(figure.series.providerSymbol),
            "at": .string(figure.at.description), "field": .string(figure.field), "old": .optional(figure.old),
            "new": .optional(figure.new), "replaced_at": .string(figure.replacedAt.description),
          ]
        }),
    ]
  }
}

extension RestatedFigure {
  /// `binance BTCUSDT 2025-09-18 13:00 UTC close: 115632.38, now 115640, since 2025-09-20 08:00 UTC`
  fileprivate var line: String {
    let time = series.holdsBars && series.interval.seconds < 86_400 ? at.spelled : at.day.description
    return "\(series.provider) \(oneLine(series.providerSymbol)) \(time) \(oneLine(field)): "
      + "\(old.map(NumberText.text) ?? "–"), now \(new.map(NumberText.text) ?? "–"), since \(replacedAt.spelled)"
  }
}
