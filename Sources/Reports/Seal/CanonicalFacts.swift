import Market
import Rendering

extension JSONValue {
  /// The facts in one form only: on one line, members by name, without what words tell of them.
  ///
  /// A sentence that is put otherwise changes nothing here; a figure that differs in its last digit does.
  var canonical: String { sorted.compact }

  /// What is worded, or says how the facts came to be asked for. Headlines are words too: whom an article names follows
  /// from its newest text.
  private static let wording: Set<String> = ["text", "written_by", "version", "known_on", "headlines"]

  private var sorted: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.filter { !JSONValue.wording.contains($0.0) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
          .map { ($0.0, $0.1.sorted) })
    case .array(let elements): .array(elements.map(\.sorted))
    case .null, .bool, .integer, .number, .string: self
    }
  }
}

extension DailyReport {
  /// Of what it is.
  package var order: ReportOrder {
    ReportOrder(kind: .daily, day: day, symbols: symbols, isWhole: isWhole, adjustment: prices.adjustment)
  }

  /// What programs are told, and what is drawn besides.
  package var facts: JSONValue {
    [
      "report": json(),
      "drawn": .array(
        assets.map { asset in
          [
            "asset": .string(asset.facts.day.asset.symbol), "hours": .array(asset.bars.map(\.json)),
            "days": asset.course?.json ?? .null,
          ]
        }),
    ]
  }
}

extension Bar {
  fileprivate var json: JSONValue {
    [.string(openTime.description), .number(open), .number(high), .number(low), .number(close), .number(volume)]
  }
}

extension AssetReport {
  /// Of what it is.
  package var order: ReportOrder {
    ReportOrder(kind: .asset, day: day, symbols: [asset.symbol], isWhole: true, adjustment: prices.adjustment)
  }
  /// What programs are told: the drawn bars are among it.
  package var facts: JSONValue { json() }
}
