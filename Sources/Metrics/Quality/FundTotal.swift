import Market

/// Whether the funds of a day add up to the total that their source prints beside them.
package enum FundTotal {
  /// How far they may be apart, in dollars: sources round each fund to a tenth of a million.
  package static let tolerance: Int64 = 150_000

  /// - Parameter table: whole dollars by ticker; `nil` while unreported.
  /// - Returns: `nil` where no fund has reported; `true` also where there is no total, which then contradicts nothing.
  package static func agrees(_ table: [String: Int64?]) -> Bool? {
    let funds = table.filter { !EtfFlow.isTotal($0.key) }
    let reported = funds.compactMap { $0.value }
    guard !reported.isEmpty else { return nil }
    guard reported.count == funds.count, let total = table.first(where: { EtfFlow.isTotal($0.key) })?.value else {
      return true
    }
    var sum: Int64 = 0
    for flow in reported {
      let (added, overflow) = sum.addingReportingOverflow(flow)
      if overflow { return false }
      sum = added
    }
    let (difference, overflow) = total.subtractingReportingOverflow(sum)
    return !overflow && difference.magnitude <= tolerance.magnitude
  }
}
