import Market
import Rendering
import Store
import Telling

extension Tracer {
  /// Why there is no such row: as useful an answer as a value.
  func absence(
    of series: StoredSeries, _ row: FactKey, _ field: FigureField?
  ) throws -> Explanation {
    let (key, ticker) = (row.at ?? Instant.representable.lowerBound, row.text)
    let form = store.kinds[series.key.dataset]?.asked ?? .row
    let evidence = try store.judgement.absence(of: series.id, at: key)
    let earlier = try store.past.earlierFacts(of: series, under: row)
    let finding = AbsenceFinding(
      series: series, form: form, hasGaps: store.kinds[series.key.dataset]?.hasGaps ?? false, key: key,
      ticker: ticker, evidence: evidence, undone: try UndoneImport(of: earlier, in: store),
      published: try store.telling.firstPublished(of: series, on: key.day), now: now,
      safety: providers[series.key.provider]?.profile.safety ?? 0, typed: typed)
    let fetch = try (evidence.gap?.fetch ?? evidence.refused.first?.fetch).flatMap { try store.vault.fetchRecord($0) }
    let subject = series.subject(form, row, field)
    var details = LabelledText()
    details.add("series", "\(series.key)")
    for line in try takenBack(earlier, series, field) { details.add("undone", line) }
    details.add("because", finding.words)
    for row in evidence.refused { details.add("refused", "quarantine \(row.id), \(row.reason): \(row.detail)") }
    for row in evidence.refused { details.add("sent", row.excerpt) }
    fetch.map { details.add(fetch: $0) }
    details.add("holds", finding.extent)
    if let next = finding.next { details.add("next", next) }
    return Explanation(
      headline: "nothing is stored for \(subject)", details: details,
      members: [
        ("kind", "absent"), ("why", .string(subject.description)), ("series", series.json),
        ("at", .string(key.description)), ("ticker", .optional(ticker)), ("reason", .string(finding.reason)),
        ("because", .string(finding.words)),
        (
          "refused",
          .array(
            evidence.refused.map {
              [
                "quarantine_id": .integer($0.id), "reason": .string($0.reason), "detail": .string($0.detail),
                "excerpt": .string($0.excerpt), "fetch_id": .integer($0.fetch.rawValue),
              ]
            })
        ),
        ("fetch", fetch?.json ?? .null), ("next", .optional(finding.next)),
      ],
      isAbsent: true, answer: nil)
  }
}

extension Tracer {
  /// What the row said before its import was undone.
  private func takenBack(_ earlier: [EarlierFact], _ series: StoredSeries, _ field: FigureField?) throws -> [String] {
    let fields = store.kinds[series.key.dataset]?.shape.fields ?? []
    let undone = try undoneImports(earlier)
    return earlier.filter { $0.replacedBy.fetch == nil }.map { earlier in
      let figures = zip(fields, earlier.values).filter { field == nil || $0.0 == field }
        .map { field == nil ? "\($0.0.rawValue) \($0.1.text)" : $0.1.text }
      return "\(figures.joined(separator: ", ")) from fetch \(earlier.fetch.rawValue), taken back "
        + "\(earlier.replacedAt) by \(earlier.byWhat(undone))"
    }
  }
}

/// What follows from the evidence about a missing row.
private struct AbsenceFinding {
  let series: StoredSeries
  let form: AskedForm
  let hasGaps: Bool
  let key: Instant
  let ticker: String?
  let evidence: AbsenceEvidence
  let undone: UndoneImport?
  /// Of an economic series what was published of the period first, which was later than what is asked about.
  let published: PublishedValue?
  let now: Instant
  let safety: Int64
  let typed: TypedCommand

  private enum Kind {
    case refused, undone(UndoneImport), gap(AbsenceEvidence.Gap), published(PublishedValue), unpublished
    case notDue(Instant), empty, before, late, noRow
  }

  private var rhythm: Rhythm { series.rhythm(safety: safety) }

  private var kind: Kind {
    if !evidence.refused.isEmpty { return .refused }
    if let undone { return .undone(undone) }
    if let gap = evidence.gap { return .gap(gap) }
    if let published { return .published(published) }
    if isClosed { return .noRow }
    if series.key.holdsEconomics, let extent = series.extent, key > extent.upperBound { return .unpublished }
    let newest = rhythm.newestDue(at: now)
    if key > newest { return .notDue(newest) }
    guard let extent = series.extent else { return .empty }
    if key < extent.lowerBound { return .before }
    return key > extent.upperBound ? .late : .noRow
  }

  /// A word for programs: a reason of a gap, or `undone`, `not_published`, `not_due`, `no_rows`, `before_first`, `late`,
  /// `no_row`.
  var reason: String {
    switch kind {
    case .refused: "refused"
    case .undone: "undone"
    case .gap(let gap): gap.reason.rawValue
    case .published, .unpublished: "not_published"
    case .notDue: "not_due"
    case .empty: "no_rows"
    case .before: "before_first"
    case .late: "late"
    case .noRow: "no_row"
    }
  }

  var words: String {
    switch kind {
    case .refused: "it was sent and not believed"
    case .undone(let undone): undone.words
    case .gap(let gap): words(of: gap)
    case .published(let value) where value.isDated: "it was published first on \(value.vintage)"
    case .published(let value):
      "this file was told of it first on \(value.vintage), by who does not say when it was published"
    case .unpublished:
      "nothing of it was published yet, as far as this file was told"
        + (rhythm.looks?.nextDay(after: now.day).map { "; the release is out again on \($0)" } ?? "")
    case .notDue(let newest): "it is not due yet: the newest that can be there is \(text(newest)), and now is \(now)"
    case .empty: "nothing of this series is stored yet"
    case .before: "it lies before the first row of the series, and was never asked for"
    case .late:
      "it is due and did not come: nothing newer than \(series.extent.map { text($0.upperBound) } ?? "–") is here"
    case .noRow where form == .fund && isClosed: "funds do not report \(closure)"
    case .noRow where hasGaps && isClosed: "its market was closed: there are no bars \(closure)"
    case .noRow where form == .fund: "the day's table has no column \(ticker ?? "of that name")"
    case .noRow where !hasGaps && form == .price: "no sample was taken then"
    case .noRow: "the series has neither a row nor a gap there"
    }
  }

  private var isClosed: Bool { rhythm.isClosed(at: key) }
  private var closure: String {
    switch rhythm.calendar.rest(on: key.day) {
    case .holiday: "on market holidays"
    case .weekend: "at weekends"
    case nil: "outside its hours"
    }
  }

  private func words(of gap: AbsenceEvidence.Gap) -> String {
    let span =
      gap.span.lowerBound == gap.span.upperBound
      ? "" : "; the same from \(text(gap.span.lowerBound)) to \(text(gap.span.upperBound))"
    return switch gap.reason {
    case .marketClosed: "the market was closed\(span)"
    case .beforeListing: "it was not yet listed\(span)"
    case .afterDelisting: "it was no longer listed\(span)"
    case .providerEmpty: "the provider answered, and left it out\(span)"
    case .refused: "it was sent and not believed\(span)"
    case .failed: "it was asked for in vain" + (gap.stepDetail.map { ": \($0)" } ?? "") + span
    case .notAsked: "nobody has asked for it\(span)"
    }
  }

  var extent: String {
    guard let extent = series.extent else { return "no row" }
    return "\(groupedText(Int64(series.count))) rows from \(text(extent.lowerBound)) to \(text(extent.upperBound))"
  }

  var next: String? {
    switch kind {
    case .refused: typed("quarantine show \(evidence.refused[0].id)")
    case .undone(let undone): typed(undone.next)
    case .gap(let gap) where gap.reason.isProven: nil
    case .gap(let gap) where gap.reason == .failed: "\(typed("ingest")) asks for it again"
    case .gap, .before: "\(typed("ingest --since \(key.day)")) asks for it"
    case .empty, .late: typed("ingest")
    case .published, .unpublished, .notDue, .noRow: nil
    }
  }

  private func text(_ key: Instant) -> String {
    series.key.interval == .day1 ? key.day.description : key.short
  }
}
