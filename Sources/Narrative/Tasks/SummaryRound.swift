import Market
import Store
import Threads

/// Texts of a model about several subjects, some at the same time, each stored as soon as it is there.
package struct SummaryRound: Sendable {
  private let client: ModelClient
  private let store: Store
  /// Who the rules are, whose texts stand beside the model's.
  private let rules: String

  /// - Parameter rules: the name under which the rules write.
  package init(_ client: ModelClient, store: Store, rules: String) {
    self.client = client
    self.store = store
    self.rules = rules
  }

  /// What a round came to.
  package struct Report: Sendable {
    /// Of rows, requests and bytes.
    package var counts = StepCounts()
    /// Subjects that have a text of the model.
    package var written = 0
    /// Subjects whose answers could not be kept, each with the reason.
    package var failed: [(subject: String, reason: String)] = []
    /// Subjects that were not asked about any more.
    package var left = 0
    /// Why not; `nil` where all were.
    package var stop: RoundStop?
    package var used = Spending()
    /// The texts, in the order of the subjects.
    package var texts: [SummaryRow] = []
  }

  /// How many days back texts are written again whose facts have changed.
  package static let daysBack = 7

  /// The texts of the rules beside which one of the model is due: of the day before, and of earlier ones that the model has
  /// written about, where it has none or wrote it from facts that are others by now. The market's first, the newest day first.
  package func due(at now: Instant) throws -> [SummaryRow] {
    let days = now.day - SummaryRound.daysBack...now.day - 1
    let mine = try store.summaries.all(by: client.settings.model, in: days).filter { $0.call != nil }
    let facts = Dictionary(mine.map { (Subject($0), $0.facts) }) { first, _ in first }
    let begun = Set(mine.map(\.day) + [now.day - 1])
    return try store.summaries.all(by: rules, in: days)
      .filter { begun.contains($0.day) && facts[Subject($0)] != $0.facts && FactReader($0)?.isRunning == false }
      .sorted { a, b in (b.day, a.asset ?? "") < (a.day, b.asset ?? "") }
  }

  private struct Subject: Hashable {
    let day: Day
    let asset: String?
    let kind: String
    let profile: String

    init(_ row: SummaryRow) {
      (day, asset, kind, profile) = (row.day, row.asset, row.kind, row.profile)
    }
  }

  /// Writes beside texts of the rules, as many at the same time as are allowed.
  ///
  /// A model that fails is in the report; what is thrown is a fault of the file.
  package func write(beside rows: [SummaryRow]) async throws -> Report {
    let writer = SummaryWriter(client: client, names: SummaryRound.names(in: rows + (try others(on: rows))))
    var outcomes: [Int: SummaryWriter.Outcome] = [:]
    var stop: RoundStop?
    try await withThrowingTaskGroup(of: (Int, SummaryWriter.Outcome).self) { group in
      var next = 0
      func begin() {
        guard next < rows.count, stop == nil, !Task.isCancelled else { return }
        let (index, row) = (next, rows[next])
        next += 1
        group.addTask { (index, try await writer.write(beside: row)) }
      }
      for _ in 0..<client.settings.concurrency { begin() }
      while let (index, outcome) = try await group.next() {
        if case .written(let row) = outcome { try await keep(row, &outcomes, index) } else { outcomes[index] = outcome }
        if case .stopped(let reason) = outcome { stop = stop ?? reason }
        begin()
      }
    }
    if Task.isCancelled, stop == nil, outcomes.count < rows.count {
      stop = RoundStop(kind: .interrupted, reason: "interrupted")
    }
    return report(rows, outcomes, stop, try await tally(outcomes))
  }

  private func keep(_ row: SummaryRow, _ outcomes: inout [Int: SummaryWriter.Outcome], _ index: Int) async throws {
    let counts = try await blocking { [store] in try store.summaries.store([row]) }
    stored.add(counts)
    outcomes[index] = .written(row)
  }

  /// Rows that were stored so far.
  private let stored = StoredCounts()

  private func tally(_ outcomes: [Int: SummaryWriter.Outcome]) async throws -> StepCounts {
    let asked = client.counts
    return stored.value + StepCounts(requests: asked.requests, bytes: asked.bytes)
  }

  private func report(
    _ rows: [SummaryRow], _ outcomes: [Int: SummaryWriter.Outcome], _ stop: RoundStop?, _ counts: StepCounts
  ) -> Report {
    var report = Report(counts: counts, stop: stop, used: client.used)
    for (index, row) in rows.enumerated() {
      switch outcomes[index] {
      case .written(let text):
        report.written += 1
        report.texts.append(text)
      case .nothing(let reason): report.failed.append((row.asset ?? "the market", reason))
      case .stopped, nil: report.left += 1
      }
    }
    return report
  }

  /// All texts of the rules about the same days, whose facts hold names.
  private func others(on rows: [SummaryRow]) throws -> [SummaryRow] {
    guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { return [] }
    return try store.summaries.all(by: rules, in: first...last)
  }

  /// What assets are called, by symbol.
  package static func names(in rows: [SummaryRow]) -> [String: String] {
    var names: [String: String] = [:]
    for row in rows {
      if let asset = row.asset, names[asset] == nil, let name = FactReader(row)?.name, !name.isEmpty {
        names[asset] = name
      }
    }
    return names
  }

  /// Just what would be asked about a text of the rules, with the most tokens that it can be; `nil` where its facts cannot be
  /// read.
  package static func preview(
    of row: SummaryRow, among rows: [SummaryRow], _ settings: ModelSettings
  ) -> (payload: [UInt8], bound: TokenUsage)? {
    guard let reader = FactReader(row) else { return nil }
    let data = reader.data(names: names(in: rows), language: settings.language)
    let payload = ChatDialect(settings.kind).body(of: SummaryWriter.request(data, settings))
    return (payload, TokenUsage(input: Int64(payload.count), output: Int64(settings.maxOutput)))
  }
}
