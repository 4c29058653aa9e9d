import Market

/// How far a day of a fund table can be believed.
package enum FlowFinality: String, Hashable, Sendable {
  /// Funds still report; values may appear or change.
  case provisional
  /// Every fund that used to report has reported, or three days have passed.
  case final
  /// Three days have passed and no fund reported: a market holiday.
  case notReporting = "not_reporting"
}

/// A day of a fund table, judged.
package struct FlowDay: Hashable, Sendable {
  /// The day in the table's first column.
  package let day: Day
  /// Whether its total can be used.
  package let finality: FlowFinality
  /// The sum over all funds in whole US dollars; `nil` until the day is final, and should the sum not fit 64 bits.
  package let totalUSD: Int64?

  /// A judged day; `totalUSD` belongs to final days only.
  package init(day: Day, finality: FlowFinality, totalUSD: Int64?) {
    self.day = day
    self.finality = finality
    self.totalUSD = totalUSD
  }
}

/// Judges the days of one asset's fund table.
///
/// The rule, made from half-hourly snapshots of Farside's page over nine months: a row is provisional while it is
/// younger than 36 h (from 00:00 UTC of its date), while all that is reported are zeros, or while a fund is blank
/// that reported in one of the five rows with money before it. After 72 h whatever is there counts, zeros included; a
/// row still without any value is a day on which nobody reports.
///
/// - Parameters:
///   - rows: by day, oldest first, each day once. For the first rows fewer than five earlier ones are known.
///   - now: decides the age.
package func flowDays(of rows: [FundRow], now: Instant) -> [FlowDay] {
  var usualFunds = UsualFunds()
  return rows.map { row in
    let finality = flowFinality(of: row, usualFunds: usualFunds.all, age: now - row.day.start)
    usualFunds.note(row)
    return FlowDay(day: row.day, finality: finality, totalUSD: finality == .final ? safeSum(row.reported) : nil)
  }
}

/// - Parameters:
///   - usualFunds: the tickers that are expected to report.
///   - age: seconds since 00:00 UTC of the row's date.
private func flowFinality(of row: FundRow, usualFunds: Set<String>, age: Int64) -> FlowFinality {
  let reporting = row.reporting
  if age >= 72 * 3600 { return reporting.isEmpty ? .notReporting : .final }
  let isSettled = age >= 36 * 3600 && !row.isAllZero && usualFunds.isSubset(of: reporting)
  return isSettled ? .final : .provisional
}

/// The funds that reported in the last five rows that held money. Rows of nothing but zeros tell nothing: they may be
/// placeholders.
private struct UsualFunds {
  private var recent: [Set<String>] = []

  var all: Set<String> { recent.reduce(into: []) { $0.formUnion($1) } }

  mutating func note(_ row: FundRow) {
    guard !row.isAllZero else { return }
    recent.append(row.reporting)
    if recent.count > 5 { recent.removeFirst() }
  }
}

/// The sum, or `nil` where it does not fit; independent of the order of the values.
func safeSum(_ values: some Sequence<Int64>) -> Int64? {
  Int64(exactly: values.reduce(Int128(0)) { $0 + Int128($1) })
}
