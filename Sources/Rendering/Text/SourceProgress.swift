import Market

/// How far a run is with one provider, where there are too many series for a line each.
package struct SourceProgress: Hashable, Sendable {
  /// More series than this are told by provider.
  package static let mostLines = 12

  /// Who is asked.
  package let source: ProviderName
  /// How many series it is asked for.
  package let planned: Int
  /// Those that ended.
  package private(set) var done = 0
  /// What they brought.
  package private(set) var counts = StepCounts()

  /// One that nobody has asked yet.
  package init(_ source: ProviderName, planned: Int) {
    self.source = source
    self.planned = planned
  }

  /// Counts a series that ended.
  package mutating func add(_ report: StepReport) {
    done += 1
    counts = counts + report.counts
  }

  /// `prices yahoo   23 of 55 series, 11,500 new, about 1 min left`
  ///
  /// - Parameter elapsed: seconds since the run began to ask.
  package func text(after elapsed: Double) -> String {
    var parts = ["\(done) of \(max(planned, done)) series", "\(groupedText(Int64(counts.new))) new"]
    if counts.changed > 0 { parts.append("\(groupedText(Int64(counts.changed))) changed") }
    if counts.refused > 0 { parts.append("\(groupedText(Int64(counts.refused))) refused") }
    if let left = left(after: elapsed) { parts.append("about \(humanDuration(seconds: left)) left") }
    return TerminalText.escaped("\(source)").padded(to: 28) + "  " + parts.joined(separator: ", ")
  }

  /// The line that stays of it.
  package func summary(after elapsed: Double) -> String {
    return TerminalText.escaped("\(source)").padded(to: 28)
      + "  \(done) series: \(groupedText(Int64(counts.new))) new, "
      + "\(groupedText(Int64(counts.changed))) changed, \(groupedText(Int64(counts.unchanged))) unchanged, "
      + (counts.refused > 0 ? "\(groupedText(Int64(counts.refused))) refused, " : "")
      + "\(counted(counts.requests, "request")), \(fixedText(elapsed, decimals: 1)) s"
  }

  /// Seconds that the rest takes at the pace so far; `nil` before it can be told, and at the end.
  private func left(after elapsed: Double) -> Int64? {
    guard done > 0, done < planned, elapsed > 5 else { return nil }
    return max(1, Int64(elapsed / Double(done) * Double(planned - done)))
  }
}
