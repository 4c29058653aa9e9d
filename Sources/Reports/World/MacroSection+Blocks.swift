import Market
import Rendering

extension MacroSection {
  var blocks: [Block] {
    [
      .heading("The economy", level: 2),
      .table(
        Table(
          "The newest figures of each series",
          columns: [
            .text("Series"), .figure("Value"), .figure("Change"), .text("Of"), .text("Known"), .text("Next").minor,
          ], rows: lines.map(\.row))),
      .paragraph(
        "Of: the day, or the period that the value is about. Change: since the period before; of per cents in points. Known: "
          + "on which day it was published, or, where its source does not say so, since when this record has it. Next: "
          + "when its release is out again, where that is known."),
    ]
  }

  var json: JSONValue {
    .array(lines.map(\.json))
  }
}

extension MacroSection.Line {
  /// Its title with its units, which may stand in it already.
  private var name: String {
    let title = oneLine(macro?.title ?? series.key.providerSymbol)
    return title.contains(units) ? title : "\(title) (\(oneLine(units)))"
  }
  private var units: String { macro?.units ?? series.key.providerSymbol }
  private var isShare: Bool { macro?.isPerCent ?? false }

  /// A difference of per cents, else a fraction; `nil` where there is nothing to compare with.
  private var change: Double? {
    guard let new = newest.value, let old = before?.value else { return nil }
    if isShare { return new - old }
    return old == 0 ? nil : new / old - 1
  }

  fileprivate var row: [Cell] {
    let told = change.map {
      isShare ? "\($0 > 0 ? "+" : $0 < 0 ? "−" : "")\(fixedText($0.magnitude, decimals: 2))" : changeText($0)
    }
    return [
      Cell(name), newest.value.map { Cell(Self.levelText($0), value: .number($0)) } ?? .missing,
      told.map { Cell($0) } ?? .missing, Cell(period), Cell(known), Cell(next?.description ?? "–"),
    ]
  }

  /// As published, without more of a fraction than anybody reads: none of a large figure.
  static func levelText(_ value: Double) -> String {
    let decimals = value.magnitude >= 1e6 ? 0 : 4
    let rounded = Double(fixedText(value, decimals: decimals)) ?? value
    guard rounded.magnitude < 9e17 else { return priceText(value) }
    return rounded == rounded.rounded()
      ? (rounded < 0 ? "−" : "") + groupedText(Int64(rounded.magnitude)) : priceText(rounded, decimals: 0)
  }

  /// `2024-09-19`, `August 2024`, `2nd quarter 2024`, `2023`.
  private var period: String {
    let parts = newest.day.parts
    switch macro?.frequency {
    case .monthly: return String(newest.day.spelled.drop { !$0.isLetter })
    case .quarterly: return "\(["1st", "2nd", "3rd", "4th"][(parts.month - 1) / 3]) quarter \(parts.year)"
    case .yearly: return "\(parts.year)"
    case .weekly: return "week to \(newest.day)"
    case .daily, nil: return newest.day.description
    }
  }

  /// `published 2024-09-11`, or `here since 2024-09-25` where nobody said when that was.
  private var known: String { "\(isDated ? "published" : "here since") \(newest.vintage)" }

  fileprivate var json: JSONValue {
    [
      "source": .string(series.key.provider.description), "id": .string(series.key.providerSymbol),
      "title": .optional(macro?.title), "units": .optional(macro?.units),
      "frequency": .optional(macro?.frequency.rawValue), "day": .string(newest.day.description),
      "value": .optional(newest.value), "published": .optional(isDated ? newest.vintage.description : nil),
      "known_since": .optional(isDated ? nil : newest.vintage.description),
      "day_before": .optional(before?.day.description), "value_before": .optional(before?.value),
      "next_release": .optional(next?.description),
    ]
  }
}
