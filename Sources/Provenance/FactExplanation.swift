import Market
import Rendering
import SQLite
import Store
import Telling

/// One figure of a row, with its place in the answer.
struct FigureExplanation {
  let field: FigureField
  let value: FigureValue
  /// `nil` where the provider cannot point at it, or the answer is not kept.
  let place: Place?
  let line: (line: Int, column: Int)?
  /// The bytes at the place, as they stand.
  let sent: String?
  /// What they denote when they are read again.
  let reads: FigureValue?
  /// The question that this figure answers.
  let subject: WhySubject

  /// Whether the bytes at the place say what the table says; `nil` where there are none to read.
  var agrees: Bool? { sent == nil ? nil : reads == value }
}

/// A row of facts: values, rule, place, fetch, and what it said before.
struct FactExplanation {
  let fact: TracedFact
  /// Whether all figures of the row were asked for.
  let isWhole: Bool
  let figures: [FigureExplanation]
  let fetch: FetchRecord?
  let answer: [UInt8]?
  /// Why the line of an imported file cannot be pointed to.
  let fileFault: String?
  let unit: String?
  /// What is odd about the row.
  let marks: [FlaggedRow]
  /// The imports that the decisions undid which replaced it.
  let undone: [DecisionID: KeptImport]
  /// What was published before of the same period, oldest first.
  let vintages: [PublishedValue]
  /// The instant as of which the file is shown.
  let asOf: Instant?
  let typed: TypedCommand

  var explanation: Explanation {
    Explanation(headline: headline, details: details, members: members, isAbsent: false, answer: answer)
  }

  private var headline: String {
    if isWhole, fact.asked == .row { return "\(row) is \(told.isEmpty ? "there" : told.joined(separator: ", "))" }
    let values = figures.map { isWhole ? "\($0.field.words) \($0.field.words($0.value))" : $0.field.words($0.value) }
    // What is told stands in the name of such a row.
    let name = isWhole || fact.asked == .theme ? row : "\(row) \(figures[0].field.words)"
    return "\(name) is \(values.joined(separator: ", "))" + (unit.map { hasUnit ? " \($0)" : "" } ?? "")
  }

  private var hasUnit: Bool { figures.allSatisfy { $0.field != .volume && $0.value != .absent } && !isWhole }

  /// `BTC 2025-09-19T13:00Z`
  private var row: String {
    let symbol = fact.series.key.providerSymbol
    return switch fact.asked {
    case .price: "\(fact.series.asset ?? symbol) \(fact.at.short)"
    case .index: "\(symbol) \(fact.at.day)"
    case .macro: "\(symbol) \(fact.at.day)"
    case .theme: "\(fact.series.title) \(fact.key.spelled)"
    case .fund: "flow \(fact.ticker ?? EtfFlow.total) \(fact.at.day)"
    case .row: rowTitle
    }
  }
}

// MARK: - For people

extension FactExplanation {
  private var details: LabelledText {
    var text = LabelledText()
    text.add("series", "\(fact.series.key)" + (unit.map { ", in \($0)" } ?? ""))
    if let row = rowOfFile { add(row: row, to: &text) } else { for figure in figures { add(figure, to: &text) } }
    if figures.allSatisfy({ $0.place == nil }) {
      text.add(
        "place",
        fileFault
          ?? (fetch?.expiry.map { "its bytes were let go \($0.at): \($0.rule)" })
          ?? (fetch?.size == nil ? "the answer has no bytes here" : "no place in this source's answers is known of it"))
    }
    fetch.map { text.add(fetch: $0) }
    for mark in marks { text.add("odd", "\(mark.rule.rawValue.replacing("_", with: " ")): \(mark.detail)") }
    for earlier in fact.earlier { add(earlier, to: &text) }
    if fact.asked == .macro { add(published: &text) }
    if fact.earlier.isEmpty, vintages.isEmpty {
      text.add("before", "nothing else: this is the first value that came")
    }
    if answer != nil { text.add("bytes", typed(fact.subject(nil).command(asOf: asOf) + " --raw")) }
    return text
  }

  /// A figure of a row that is one line of a file: all of its figures have that place.
  private var rowOfFile: FigureExplanation? {
    figures.first { figure in if case .line = figure.place?.path { true } else { false } }
  }

  private func add(row: FigureExplanation, to text: inout LabelledText) {
    guard let place = row.place, let bytes = place.bytes else { return }
    text.add("row", TerminalText.truncated(row.sent ?? "", to: 200))
    text.add("place", "\(place.path) of the file, bytes \(bytes.lowerBound) to \(bytes.upperBound - 1), unpacked")
    if figures.allSatisfy({ $0.agrees == true }) {
      text.add("check", "read again, the line gives \(isWhole ? "these figures" : row.value.text): the same")
    }
    for figure in figures where figure.agrees == false {
      text.add(
        "check",
        "read again, the line gives \(figure.field.words) \(figure.reads?.text ?? "nothing"), not "
          + "\(figure.value.text): it was read by another rule then, or the table was changed by hand")
    }
  }

  private func add(_ figure: FigureExplanation, to text: inout LabelledText) {
    guard let place = figure.place else { return }
    let name = isWhole ? figure.field.words : "sent"
    let sent = figure.sent.map { TerminalText.truncated($0, to: 120) } ?? "in that cell; its bytes cannot be told"
    text.add(name, "\(sent) at \(place.path)\(span(figure))")
    if !isWhole { text.add("rule", place.rule.explanation) }
    switch figure.agrees {
    case true?: if !isWhole { text.add("check", "read again, these bytes give \(figure.value.text): the same") }
    case false?:
      text.add(
        "check",
        "read again, these bytes give \(figure.reads?.text ?? "nothing"), not \(figure.value.text): the answer was read "
          + "by another rule then, or the table was changed by hand")
    case nil: break
    }
  }

  private func span(_ figure: FigureExplanation) -> String {
    guard let bytes = figure.place?.bytes, let line = figure.line else { return "" }
    return ", bytes \(bytes.lowerBound) to \(bytes.upperBound - 1), line \(line.line) column \(line.column)"
  }

  /// When it was published, and what was before it.
  private func add(published text: inout LabelledText) {
    guard case .day(let vintage)? = fact.key.parts.last else { return }
    text.add(Day.known(isDated), "\(vintage)\(fact.values.first == .absent ? ", withdrawn" : "")")
    for earlier in vintages.reversed() {
      let value = earlier.value == .absent ? "no value" : earlier.value.text
      text.add(
        "before",
        "\(value), \(Day.known(earlier.isDated)) \(earlier.vintage), from fetch \(earlier.fetch.rawValue)")
    }
  }

  /// Whether its provider said on which day it published it.
  private var isDated: Bool {
    guard case .day(let vintage)? = fact.key.parts.last else { return false }
    return vintage.isPublication(toldAt: fetch?.receivedAt, answering: fetch?.target)
  }

  private func add(_ earlier: EarlierFact, to text: inout LabelledText) {
    let changed = figures.compactMap { figure -> String? in
      guard let index = fact.shape.index(of: figure.field) else { return nil }
      let old = earlier.values[index]
      let text = figure.field.words(old)
      return isWhole ? (old == figure.value ? nil : "\(figure.field.words) \(text)") : text
    }
    let kind = earlier.wasFinal ? "" : ", while the day was provisional"
    text.add(
      "before",
      "\(changed.isEmpty ? "the same" : changed.joined(separator: ", ")) from fetch \(earlier.fetch.rawValue), "
        + "replaced \(earlier.replacedAt) by \(earlier.byWhat(undone))\(kind)")
  }
}

extension EarlierFact {
  /// What replaced it. Only an import that is undone replaces rows by a decision; it need not be the row's own.
  ///
  /// - Parameter undone: the imports that decisions undid.
  func byWhat(_ undone: [DecisionID: KeptImport]) -> String {
    guard case .decision(let decision) = replacedBy, let file = undone[decision] else { return "\(replacedBy)" }
    return "\(replacedBy), which undid import \(file.fetch.rawValue) (\(file.name))"
  }
}

extension LabelledText {
  /// Who was asked what, and when.
  mutating func add(fetch: FetchRecord) {
    add("fetch", "\(fetch.id.rawValue) of run \(fetch.run.rawValue) (\(fetch.command)), from \(fetch.title)")
    if let file = fetch.file { return add(file: file) }
    add("\(fetch.method) \(fetch.url)")
    let status = fetch.status.map { "HTTP \($0)" } ?? "no answer: \(fetch.error ?? "unknown")"
    add("asked \(fetch.askedAt), received \(fetch.receivedAt) after \(fetch.milliseconds) ms, \(status)")
    if let expiry = fetch.expiry {
      return add(
        "\(groupedText(expiry.size)) bytes, SHA-256 \(expiry.sha256), let go \(expiry.at): \(expiry.rule)")
    }
    guard let size = fetch.size, let hash = fetch.sha256 else { return }
    add("\(groupedText(size)) bytes\(fetch.isRedacted ? ", a key in them replaced" : ""), SHA-256 \(hash)")
  }
}

extension LabelledText {
  /// Which file was brought in, how it was read, and where its bytes are.
  private mutating func add(file: KeptImport) {
    add("file \(file.name), read as \(file.layout)")
    let size = file.fingerprint.map { "\(groupedText(Int64($0.size))) bytes, " } ?? "not read to its end, "
    add("imported \(file.receivedAt), \(size)\(file.path.map { "kept where it lies: \($0)" } ?? "kept in the vault")")
    guard let hash = file.fingerprint?.sha256 else { return }
    add("SHA-256 " + hash.hexadecimal)
  }
}

// MARK: - For programs

extension FactExplanation {
  private var members: [(String, JSONValue)] {
    [
      ("kind", "fact"), ("why", .string(fact.subject(isWhole ? nil : figures[0].field).description)),
      ("series", fact.series.json), ("at", .string(fact.at.description)), ("ticker", .optional(fact.ticker)),
      ("unit", .optional(unit)), ("as_of", .optional(asOf?.description)),
      (
        "marks",
        .array(marks.map { ["mark": .string($0.rule.rawValue), "detail": .string($0.detail)] })
      ), ("figures", .array(figures.map(json))),
      ("fetch", fetch?.json ?? .null),
    ] + (fact.asked == .macro ? [("vintages", vintagesJSON)] : [])
  }

  /// All that was published of the period, oldest first.
  private var vintagesJSON: JSONValue {
    let all = vintages.map { ($0.vintage.description, $0.value, $0.fetch, $0.isDated) }
    let own = fact.key.parts.last.flatMap { part -> String? in if case .day(let day) = part { "\(day)" } else { nil } }
    return .array(
      (all + [(own ?? "", fact.values.first ?? .absent, fact.fetch, isDated)]).map {
        ["vintage": .string($0.0), "value": $0.1.json, "fetch_id": .integer($0.2.rawValue), "is_dated": .bool($0.3)]
      })
  }

  private func json(_ figure: FigureExplanation) -> JSONValue {
    let index = fact.shape.index(of: figure.field)
    return [
      "field": .string(figure.field.rawValue), "value": figure.value.json, "why": .string(figure.subject.description),
      "rule": .optional(figure.place?.rule.rawValue), "rule_text": .optional(figure.place?.rule.explanation),
      "place": place(figure),
      "earlier": .array(
        fact.earlier.map { earlier in
          [
            "value": index.map { earlier.values[$0].json } ?? .null, "fetch_id": .integer(earlier.fetch.rawValue),
            "replaced_at": .string(earlier.replacedAt.description),
            "replaced_by_fetch_id": .optional(earlier.replacedBy.fetch?.rawValue), "was_final": .bool(earlier.wasFinal),
          ]
        }),
    ]
  }

  private func place(_ figure: FigureExplanation) -> JSONValue {
    guard let place = figure.place else { return .null }
    var members: [(String, JSONValue)] = [("path", .string(place.path.description))]
    if case .cell(let table, let row, let column, let heading) = place.path {
      members += [
        ("table", .integer(Int64(table))), ("row", .integer(Int64(row))), ("column", .integer(Int64(column))),
        ("heading", .string(heading)),
      ]
    }
    members += [
      ("first_byte", place.bytes.map { .integer(Int64($0.lowerBound)) } ?? .null),
      ("bytes", place.bytes.map { .integer(Int64($0.count)) } ?? .null),
      ("line", figure.line.map { .integer(Int64($0.line)) } ?? .null),
      ("line_column", figure.line.map { .integer(Int64($0.column)) } ?? .null), ("sent", .optional(figure.sent)),
      ("reads", figure.reads?.json ?? .null), ("agrees", figure.agrees.map(JSONValue.bool) ?? .null),
    ]
    return .object(members)
  }
}

extension StoredSeries {
  var json: JSONValue {
    [
      "dataset": .string(key.dataset.rawValue), "asset": .optional(asset), "source": .string(key.provider.description),
      "provider_symbol": .string(key.providerSymbol), "interval": .string(key.interval.rawValue),
      "quote_currency": .optional(quoteCurrency),
    ]
  }
}

extension FetchRecord {
  var json: JSONValue {
    [
      "fetch_id": .integer(id.rawValue), "run_id": .integer(run.rawValue), "command": .string(command),
      "source": .string(provider.description), "method": .string(method), "target": .string(target),
      "url": .string(url), "asked_at": .string(askedAt.description), "received_at": .string(receivedAt.description),
      "elapsed_ms": .integer(milliseconds), "status": status.map { .integer(Int64($0)) } ?? .null,
      "error": .optional(error), "read_outcome": .optional(readOutcome), "body_bytes": .optional(size),
      "body_sha256": .optional(sha256), "redacted": .bool(isRedacted),
      "expired": expiry.map {
        [
          "at": .string($0.at.description), "rule": .string($0.rule), "body_bytes": .integer($0.size),
          "body_sha256": .string($0.sha256),
        ]
      } ?? .null,
      "file": file.map { ["name": .string($0.name), "path": .optional($0.path), "layout": .string($0.layout)] }
        ?? .null,
    ]
  }
}
