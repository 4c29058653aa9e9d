import Market
import Rendering
import Store

extension Tracer {
  /// A figure of an asset's day: its formula, its inputs, and what it was before it was computed again.
  func snapshot(of asset: String, on day: Day, _ field: SnapshotField) throws -> Explanation {
    let subject = WhySubject.snapshot(asset: asset, day: day, field: field)
    guard let snapshot = try store.past.snapshot(of: asset, on: day) else {
      return try absentSnapshot(of: asset, on: day, subject)
    }
    let inputs = try inputs(of: field, snapshot, asset: asset)
    return SnapshotExplanation(
      subject: subject, asset: asset, field: field, snapshot: snapshot, inputs: inputs, asOf: store.asOf, typed: typed
    ).explanation
  }

  private func absentSnapshot(of asset: String, on day: Day, _ subject: WhySubject) throws -> Explanation {
    let hours = try store.catalogue.chosenPrice(of: asset, interval: .hour1)
    let series = try hours ?? store.catalogue.chosenPrice(of: asset, interval: .day1)
    let because =
      series == nil
      ? "no source is chosen for the prices of \(asset)"
      : "no \(series?.key.interval == .day1 ? "daily" : "hourly") bar of \(asset) is stored on \(day), and a day without a bar has no snapshot"
    var details = LabelledText()
    details.add("because", because)
    let next = series.map { typed($0.subject(.price, FactKey(.instant(day.start))).command(asOf: store.asOf)) }
    if let next { details.add("next", next) }
    return Explanation(
      headline: "nothing is stored for \(subject)", details: details,
      members: [
        ("kind", "absent"), ("why", .string(subject.description)), ("reason", "no_bars"), ("because", .string(because)),
        ("next", .optional(next)),
      ],
      isAbsent: true, answer: nil)
  }
}

private struct SnapshotExplanation {
  let subject: WhySubject
  let asset: String
  let field: SnapshotField
  let snapshot: TracedSnapshot
  let inputs: SnapshotInputs
  let asOf: Instant?
  let typed: TypedCommand

  /// So many inputs are told one by one; of more, the first and the last.
  private static let shown = 8

  private var value: FigureValue { field.value(in: snapshot.row) }
  private var formula: String { field.formula(ofDayBar: snapshot.series.key.interval == .day1) }
  private var agrees: Bool { inputs.recomputed == value }

  var explanation: Explanation {
    Explanation(
      headline: "\(asset) \(snapshot.row.day) \(field.rawValue) is \(value.text)", details: details, members: members,
      isAbsent: false, answer: nil)
  }

  private var details: LabelledText {
    var text = LabelledText()
    text.add("formula", formula)
    if field.isOfPrices { text.add("prices", "\(snapshot.series.key)") }
    addInputs(to: &text)
    text.add("check", check)
    text.add("made", madeText(snapshot.made))
    let changed = snapshot.earlier.filter { field.value(in: $0.row) != value }
    for earlier in changed {
      text.add(
        "before",
        "\(field.value(in: earlier.row).text), made \(madeText(earlier.made)) from \(earlier.source), "
          + "computed again \(madeText(earlier.replaced))")
    }
    if changed.isEmpty, !snapshot.earlier.isEmpty {
      text.add("before", "the same; the day was computed again \(times(snapshot.earlier.count)) for other figures")
    }
    return text
  }

  private func addInputs(to text: inout LabelledText) {
    let all = inputs.inputs
    let isLong = all.count > Self.shown
    let told = isLong ? Array(all.prefix(3)) + Array(all.suffix(3)) : all
    for (index, input) in told.enumerated() {
      if isLong, index == 3 { text.add("… \(all.count - 6) more (--json lists all \(all.count))") }
      let question = input.subject.map { "  (\(typed($0.command(asOf: asOf))))" } ?? ""
      text.add(index == 0 ? "from" : "", "\(input.name): \(input.value.text)\(question)")
    }
    if all.isEmpty {
      let hours = snapshot.series.key.interval == .day1 ? "the one bar of a day" : "the hours of a UTC day"
      text.add("from", field == .barsExpected ? hours : "nothing: there is no such row")
    }
  }

  private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

  private var check: String {
    if agrees { return "computed once more from these: the same" }
    let due = snapshot.isDue ? "; the day waits to be computed again, the next run does it" : ""
    return "computed once more from these: \(inputs.recomputed.text), not \(value.text)\(due)"
  }

  private var members: [(String, JSONValue)] {
    [
      ("kind", "snapshot"), ("why", .string(subject.description)), ("asset", .string(asset)),
      ("day", .string(snapshot.row.day.description)), ("field", .string(field.rawValue)), ("value", value.json),
      ("as_of", .optional(asOf?.description)), ("formula", .string(formula)), ("series", snapshot.series.json),
      ("inputs", .array(inputs.inputs.map(\.json))),
      ("recomputed", ["value": inputs.recomputed.json, "agrees": .bool(agrees), "is_due": .bool(snapshot.isDue)]),
      ("made", snapshot.made.json),
      (
        "earlier",
        .array(
          snapshot.earlier.map {
            [
              "value": field.value(in: $0.row).json, "source": .string($0.source.description), "made": $0.made.json,
              "replaced": $0.replaced.json,
            ]
          })
      ),
    ]
  }
}

/// `2025-09-19T22:30:00Z by run 3`
func madeText(_ made: MadeAt) -> String {
  guard let at = made.at else { return "before this file kept the history of it" }
  return "\(at)" + (made.run.map { " by run \($0.rawValue)" } ?? "")
}

extension MadeAt {
  var json: JSONValue {
    ["at": .optional(at?.description), "run_id": run.map { .integer($0.rawValue) } ?? .null]
  }
}

extension TracedInput {
  var json: JSONValue {
    ["name": .string(name), "value": value.json, "why": .optional(subject?.description)]
  }
}
