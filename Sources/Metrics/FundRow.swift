import Market

/// One day of the table of all funds of one asset.
package struct FundRow: Hashable, Sendable {
  /// The day in the table's first column.
  package let day: Day
  /// Whole US dollars by ticker; `nil` while a fund has not reported, zero is a reported zero.
  package let flows: [String: Int64?]

  /// One day; a fund without a column in the source is simply not among `flows`.
  package init(day: Day, flows: [String: Int64?]) {
    self.day = day
    self.flows = flows
  }

  /// What the funds that reported reported, in no particular order.
  var reported: [Int64] { flows.values.compactMap { $0 } }

  /// The funds that reported.
  var reporting: Set<String> { Set(flows.filter { $0.value != nil }.keys) }

  /// Whether nothing but zeros was reported: the page shows such rows for a while before the real values.
  var isAllZero: Bool { reported.allSatisfy { $0 == 0 } }
}

extension FundRow {
  /// A day of which the funds and perhaps their sum are stored: the sum counts where no fund is there.
  package init(day: Day, table: [String: Int64?]) {
    let funds = table.filter { !EtfFlow.isTotal($0.key) }
    self.init(day: day, flows: funds.isEmpty ? table : funds)
  }

  /// The rows of a fund table by day. A source's own total is left out: it is a partial sum for most of a day.
  package static func rows(of flows: some Sequence<EtfFlow>) -> [FundRow] {
    Dictionary(grouping: flows) { $0.day }.map { day, flows in
      let fundFlows = flows.filter { !EtfFlow.isTotal($0.ticker) }.map { ($0.ticker, $0.netFlowUSD) }
      return FundRow(day: day, flows: Dictionary(fundFlows) { $1 })
    }.sorted { $0.day < $1.day }
  }
}
