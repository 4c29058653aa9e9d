import Formats
import Market
import Rendering
import SQLite
import Store

extension Tracer {
  /// A text: the facts that it was made from, each with the question that asks for it, and what it said before.
  func summary(_ id: Int64, _ figure: String?) throws -> Explanation {
    guard let summary = try store.past.summary(id) else { return try absentSummary(id) }
    let facts = SummaryFacts(of: summary.row, store: store)
    let figures = try facts.figures()
    if let figure, !figures.contains(where: { $0.name == figure }) {
      throw WhyError.noField(figure, of: "summary \(id)", known: figures.map(\.name))
    }
    let asked = figures.filter { figure == nil || $0.name == figure }
    return SummaryExplanation(
      summary: summary, figure: figure, figures: asked, asOf: store.asOf, typed: typed,
      trace: try summary.row.call.flatMap(callTrace), isCurrent: try isCurrent(summary.row)
    ).explanation
  }

  /// Whether a text was made from the facts that stand now, beside which the rules have written too.
  private func isCurrent(_ row: SummaryRow) throws -> Bool {
    guard row.call != nil else { return true }
    return try store.summaries.all(of: row.day).contains { other in
      other.call == nil && (other.asset, other.kind, other.profile) == (row.asset, row.kind, row.profile)
        && other.facts == row.facts
    }
  }

  private func absentSummary(_ id: Int64) throws -> Explanation {
    let newest = try store.past.newestSummaries(5)
    var details = LabelledText()
    let words = newest.map { "\($0.id) (\($0.day), \($0.asset ?? "the market"))" }
    details.add(
      "newest", words.isEmpty ? "there is no summary yet; \(typed("ingest")) writes them" : enumeration(words))
    return Explanation(
      headline: "there is no summary \(id)", details: details,
      members: [
        ("kind", "absent"), ("why", .string(WhySubject.summary(id: id, figure: nil).description)),
        ("reason", "no_summary"), ("newest", .array(newest.map { .integer($0.id) })),
      ],
      isAbsent: true, answer: nil)
  }
}

/// The facts stored with a summary, each with where it comes from.
private struct SummaryFacts {
  let row: SummaryRow
  let store: Store

  init(of row: SummaryRow, store: Store) {
    self.row = row
    self.store = store
  }

  func figures() throws -> [TracedInput] {
    let scalars: [JSONScalar]
    do {
      scalars = try JSONCursor.scalars(in: Array(row.facts.utf8))
    } catch {
      throw StoreError.corrupt(path: "summary of \(row.day)", detail: "its facts are no JSON: \(error)")
    }
    let assets = Dictionary(
      scalars.filter { $0.path.count == 3 && $0.path[0] == "assets" && $0.path[2] == "asset" }
        .map { ($0.path[1], $0.text ?? "") }
    ) { first, _ in first }
    return try scalars.map { scalar in
      let asset = scalar.path.count == 3 ? assets[scalar.path[1]] : row.asset
      return TracedInput(
        name: name(scalar.path, asset), value: value(scalar), subject: try subject(of: scalar, asset: asset))
    }
  }

  /// `assets.BTC.close` for what the market's facts say of an asset.
  private func name(_ path: [String], _ asset: String?) -> String {
    path.count == 3 && path[0] == "assets" ? "assets.\(asset ?? path[1]).\(path[2])" : path.joined(separator: ".")
  }

  private func value(_ scalar: JSONScalar) -> FigureValue {
    guard let text = scalar.text else { return .absent }
    if scalar.isString { return .text(text) }
    if let whole = Int64(text) { return .whole(whole) }
    return DecimalText.number(text.utf8).map(FigureValue.number) ?? .text(text)
  }

  private func subject(of scalar: JSONScalar, asset: String?) throws -> WhySubject? {
    guard let name = scalar.path.last else { return nil }
    switch name {
    case "fng_value", "fng_classification":
      return .sentiment(index: "fng", day: row.day, field: name == "fng_value" ? .value : .classification)
    case "fng_value_day_before": return .sentiment(index: "fng", day: row.day - 1, field: .value)
    case "streak_days", "extreme_close_days":
      return asset.map { .snapshot(asset: $0, day: row.day, field: .close) }
    case "last_bar_end": return nil
    default:
      guard let asset, let field = SnapshotField(rawValue: name) else { return nil }
      return .snapshot(asset: asset, day: row.day, field: field)
    }
  }
}

private struct SummaryExplanation {
  let summary: TracedSummary
  let figure: String?
  let figures: [TracedInput]
  let asOf: Instant?
  let typed: TypedCommand
  /// `nil` for what rules wrote.
  let trace: CallTrace?
  let isCurrent: Bool

  private var subject: WhySubject { .summary(id: summary.id, figure: figure) }

  var explanation: Explanation {
    let of = summary.row.asset ?? "the market"
    return Explanation(
      headline: figure.map { "summary \(summary.id): \($0) is \(figures.first?.value.text ?? "–")" }
        ?? "summary \(summary.id) is about \(of) on \(summary.row.day), by \(summary.row.maker)",
      details: details, members: members, isAbsent: false, answer: figure == nil ? trace?.answer : nil)
  }

  private var details: LabelledText {
    var text = LabelledText()
    if figure == nil { text.add("text", summary.row.text) }
    for (index, figure) in figures.enumerated() {
      let question = figure.subject.map { "  (\(typed($0.command(asOf: asOf))))" } ?? ""
      text.add(index == 0 ? "from" : "", "\(figure.name): \(figure.value.text)\(question)")
    }
    if !isCurrent {
      text.add(
        "older", "these facts are others by now; \(typed("summarize --date \(summary.row.day)")) writes it again")
    }
    if let trace, figure == nil {
      trace.add(to: &text)
    } else if summary.row.call == nil {
      text.add("rule", "a sentence for each of these facts, by the rules of edition \(summary.row.maker)")
    }
    text.add("made", madeText(summary.made))
    for earlier in summary.earlier {
      text.add("before", "made \(madeText(earlier.made)), written again \(madeText(earlier.replaced)): \(earlier.text)")
    }
    return text
  }

  private var members: [(String, JSONValue)] {
    [
      ("kind", "summary"), ("why", .string(subject.description)), ("summary_id", .integer(summary.id)),
      ("day", .string(summary.row.day.description)), ("asset", .optional(summary.row.asset)),
      ("maker", .string(summary.row.maker)), ("text", .string(summary.row.text)),
      ("as_of", .optional(asOf?.description)),
      ("figures", .array(figures.map(\.json))), ("made", summary.made.json),
    ] + (trace.map { [("is_current", .bool(isCurrent)), ("call", $0.json)] } ?? []) + [
      (
        "earlier",
        .array(
          summary.earlier.map {
            ["text": .string($0.text), "made": $0.made.json, "replaced": $0.replaced.json]
          })
      )
    ]
  }
}
