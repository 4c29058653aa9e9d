import Market
import Store
import Threads

extension FileImport {
  /// Reads a file to its end without storing anything: what an import would find in it, and what it would change.
  ///
  /// - Parameter store: what the rows are compared with; `nil` where there is no record yet, so that all are new.
  /// - Throws: what an import into this record would be refused for, what is wrong with the file, `StoreError`.
  package static func survey(_ opened: OpenedImport, asset: String?, against store: Store?) throws -> ImportReport {
    let began = ElapsedTime()
    if let store { try store.checkTakes(.live) }
    var report = ImportReport(series: opened.series, asset: asset, run: nil, layout: opened.facts.layout)
    report.remarks = opened.facts.remarks
    while let (bytes, isLast) = try opened.next() {
      let part = try bytes.withUnsafeBytes { try opened.facts.read($0, isLast: isLast) }
      let counts = try store?.facts.comparison(of: part.reading)
      report.counts = report.counts + (counts ?? StepCounts(new: part.reading.facts.count))
      report.repeats += part.repeats.count
    }
    report.tally = opened.facts.tally
    report.counts.refused = report.tally.refusedInAll
    let fingerprint = try opened.fingerprint()
    report.fingerprint = fingerprint
    report.isKnown = try store?.imports.unchanged(of: fingerprint, by: opened.settled, into: opened.series) != nil
    if let store, !report.isKnown, let earlier = try SameBytes(opened: opened, store: store).earlier(of: fingerprint) {
      report.remarks.append("\(SameBytes.words(for: earlier)); --again takes it")
    }
    report.seconds = began.seconds
    return report
  }
}
