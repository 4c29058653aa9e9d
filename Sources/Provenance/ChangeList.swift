import Market
import Rendering
import Store
import Telling

/// What providers changed afterwards, and what had been made of it before.
package struct ChangeList: Sendable {
  private let entries: [Entry]
  private let revised: [RevisionEntry]
  private let rebases: [StoredRebase]
  /// Restatements beyond the limit, older ones.
  package let leftOut: Int

  struct Entry {
    let change: Change
    let uses: ChangeUses
    let oldFetch: FetchRecord?
    let newFetch: FetchRecord?
    let asOf: Instant?
  }

  /// How many are told.
  package var count: Int { entries.count + rebases.count }
  /// How many revisions that providers published themselves are told besides: both values stand in the table.
  package var revisions: Int { revised.count }

  /// - Throws: `StoreError`.
  package init(_ selection: ChangeSelection, from store: Store) throws {
    let (changes, leftOut, rebases) = try store.past.changes(selection)
    let (revisions, older) = try store.telling.revisions(selection)
    self.leftOut = leftOut + older
    self.rebases = rebases
    revised = try revisions.map {
      RevisionEntry(revision: $0, fetch: try store.vault.fetchRecord($0.newFetch), asOf: store.asOf)
    }
    entries = try changes.map { change in
      Entry(
        change: change, uses: try store.telling.uses(of: change),
        oldFetch: try store.vault.fetchRecord(change.oldFetch),
        newFetch: try change.replacedBy.fetch.flatMap { try store.vault.fetchRecord($0) }, asOf: store.asOf)
    }
  }

  // MARK: For people

  /// A paragraph a restatement, newest first, folded to `width` columns: figures, revisions, and edits of news behind them.
  package func text(width: Int?, style: TextStyle = .plain, typed: TypedCommand = plainlyTyped) -> String {
    let lines = rebases.map { rebase in
      LabelledText.folded(TerminalText.escaped(rebase.line), to: width).map { $0 + "\n" }.joined()
    }
    let news = entries.firstIndex { $0.change.isOfNews } ?? entries.endIndex
    let told = [entries[..<news], entries[news...]].map { $0.map { $0.text(width: width, style: style, typed: typed) } }
    let published = revised.map { $0.text(width: width, style: style, typed: typed) }
    return (lines + told[0] + published + told[1]).joined(separator: "\n")
  }

  // MARK: For programs

  /// `version` is 1 until a member changes its meaning or goes; `revisions` is there only where there are any.
  package var json: JSONValue {
    let members: [(String, JSONValue)] = [
      ("version", 1), ("rebases", .array(rebases.map(\.json))), ("changes", .array(entries.map(\.json))),
      ("left_out", .integer(Int64(leftOut))),
    ]
    return .object(members + (revised.isEmpty ? [] : [("revisions", .array(revised.map(\.json)))]))
  }
}

extension StoredRebase {
  /// `GE yahoo GE 1d: all prices × 8, split 1 for 8 on 2021-08-02; 500 prices and 8 dividends restated …`
  fileprivate var line: String {
    let dividends = actions == 0 ? "" : " and \(counted(actions, "act"))"
    return "\(series.asset.map { $0 + " " } ?? "")\(series.key): all prices × \(NumberText.text(factor)), \(cause); "
      + "\(counted(rows, "price"))\(dividends) restated, learned \(receivedAt), fetch \(fetch.rawValue)"
  }

  fileprivate var json: JSONValue {
    [
      "series": series.json, "factor": .number(factor), "cause": .string(cause), "rows": .integer(Int64(rows)),
      "actions": .integer(Int64(actions)), "fetch_id": .integer(fetch.rawValue),
      "replaced_at": .string(receivedAt.description),
    ]
  }
}

extension ChangeList.Entry {
  private var subject: WhySubject { change.series.subject(change.asked, change.key) }

  func text(width: Int?, style: TextStyle, typed: TypedCommand) -> String {
    let title = "\(subject)"
    var text = LabelledText()
    for (field, old, new) in change.figures {
      let move = FigureMove(old: old, new: new, field: field, series: change.series)
      text.add(field.words, "\(field.words(old)) became \(field.words(new))\(move.text)")
    }
    text.add("learned", "\(change.replacedAt), \(change.replacedBy)\(by(newFetch))")
    text.add("before", "fetch \(change.oldFetch.rawValue)" + (oldFetch.map { ", received \($0.receivedAt)" } ?? ""))
    text.add("had used it", uses.isEmpty ? "nothing" : uses.words(reports: reports))
    text.add("more", typed(subject.command(asOf: asOf)))
    let lines = LabelledText.folded(TerminalText.escaped(title), to: width)
    return lines.map { style.bold($0) + "\n" }.joined() + text.text(width: width, style: style)
  }

  private func by(_ fetch: FetchRecord?) -> String {
    fetch.map { " of run \($0.run.rawValue), from \($0.file.map { "the file \($0.name)" } ?? $0.title)" } ?? ""
  }

  /// Days whose report would have shown the old value: a report shows closes of two weeks.
  private var reports: ClosedRange<Day>? {
    guard let first = uses.snapshots.map(\.day).min(), let last = uses.snapshots.map(\.day).max() else { return nil }
    return first...last
  }

  var json: JSONValue {
    [
      "why": .string(subject.description), "replaced_at": .string(change.replacedAt.description),
      "series": change.series.json, "at": .string(change.at.description), "ticker": .optional(change.ticker),
      "figures": .array(
        change.figures.map { field, old, new in
          ["field": .string(field.rawValue), "old": old.json, "new": new.json]
        }),
      "old_fetch_id": .integer(change.oldFetch.rawValue), "new_fetch_id": .optional(change.replacedBy.fetch?.rawValue),
      "old_received_at": .optional(oldFetch?.receivedAt.description),
      "new_received_at": .optional(newFetch?.receivedAt.description),
      "run_id": newFetch.map { .integer($0.run.rawValue) } ?? .null,
      "used_by": uses.json(reports: reports),
    ]
  }
}

extension ChangeUses {
  var isEmpty: Bool { snapshots.isEmpty && summaries.isEmpty }

  /// `snapshots of 8 days, 2025-09-11 to 2025-09-18 (5 changed); 16 summaries (10 changed); …`
  func words(reports: ClosedRange<Day>?) -> String {
    var parts: [String] = []
    if let first = snapshots.map(\.day).min(), let last = snapshots.map(\.day).max() {
      let days = first == last ? "\(first)" : "\(first) to \(last)"
      parts.append("\(counted(snapshots.count, "snapshot")) of \(days) (\(snapshots.count(where: \.changed)) changed)")
    }
    if !summaries.isEmpty {
      parts.append(
        "\(summaries.count == 1 ? "1 summary" : "\(summaries.count) summaries") (\(summaries.count(where: \.changed)) changed)"
      )
    }
    if let reports {
      parts.append(
        "reports of "
          + (reports.lowerBound == reports.upperBound
            ? "\(reports.lowerBound)" : "\(reports.lowerBound) to \(reports.upperBound)"))
    }
    return parts.joined(separator: "; ")
  }

  func json(reports: ClosedRange<Day>?) -> JSONValue {
    [
      "snapshots": .array(
        snapshots.map {
          ["asset": .string($0.asset), "day": .string($0.day.description), "changed": .bool($0.changed)]
        }),
      "summaries": .array(
        summaries.map {
          [
            "summary_id": .integer($0.id), "day": .string($0.day.description), "asset": .optional($0.asset),
            "changed": .bool($0.changed),
          ]
        }),
      "reports": .array((reports.map { Array($0) } ?? []).map { .string($0.description) }),
    ]
  }
}
