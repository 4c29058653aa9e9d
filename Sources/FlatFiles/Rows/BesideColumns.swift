import Formats
import Market

/// Columns beside the prices of a bar that tell of splits and dividends: what they say is held against the prices.
struct BesideColumns {
  /// Where they lie; -1 for one that is not there.
  private let adjusted, dividend, gain, split: Int
  private var rows: [Instant: ToldBar] = [:]

  private static let names: [(finding: String, words: Set<String>)] = [
    ("adjusted", ["adjclose", "adjustedclose"]), ("dividend", ["dividends", "dividend", "dividendamount"]),
    ("gain", ["capitalgains"]), ("split", ["stocksplits", "splitcoefficient"]),
  ]

  /// By the names over the columns, or as it was found out when the file was imported.
  ///
  /// - Returns: `nil` where no column tells of splits or dividends; an adjusted close alone does not.
  init?(_ layout: FileLayout, _ order: ImportOrder) {
    let words = layout.header.map(HeaderWords.plain)
    let settled = (order.findings[Self.finding] ?? "").split(separator: " ").map { $0.split(separator: ":") }
    let columns = Self.names.map { name, aliases in
      let found =
        order.isSettled
        ? settled.first { $0.last == name[...] }.flatMap { $0.first.flatMap { Int($0) } }.map { $0 - 1 }
        : words.firstIndex(where: aliases.contains)
      return found ?? -1
    }
    guard columns[1...].contains(where: { $0 >= 0 }) else { return nil }
    (adjusted, dividend, gain, split) = (columns[0], columns[1], columns[2], columns[3])
  }

  private static let finding = "beside"

  /// Notes which columns they are, from 1, so that the file is read again by the same: `6:adjusted 8:dividend`.
  func settle(_ order: inout ImportOrder) {
    order.findings[Self.finding] = zip(Self.names, [adjusted, dividend, gain, split]).filter { $1 >= 0 }
      .map { "\($1 + 1):\($0.finding)" }.joined(separator: " ")
  }

  /// Keeps what is told of a bar; of several rows of one bar the first counts.
  mutating func note(
    _ bar: Bar, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ amounts: AmountText
  ) {
    func value(_ column: Int) -> AmountText.Value? {
      column >= 0 && column < row.count ? amounts.value(bytes, row[column]) : nil
    }
    func amount(_ column: Int) -> Double { if case .number(let number)? = value(column) { number } else { 0 } }
    guard rows[bar.openTime] == nil else { return }
    let adjusted: Double? =
      switch value(self.adjusted) {
      case .number(let number)?: number
      case .other?: 0
      case .blank?, nil: nil
      }
    let ratio = amount(split)
    rows[bar.openTime] = ToldBar(
      openTime: bar.openTime, close: bar.close, adjustedClose: adjusted, dividend: amount(dividend),
      gain: amount(gain), split: ratio > 0 ? ratio : 1)
  }

  /// What was told of these bars, and forgets it; nothing, where no act is told.
  mutating func take(_ bars: [Bar]) -> [ToldBar] {
    defer { rows = [:] }
    let told = bars.compactMap { rows[$0.openTime] }
    return told.contains { $0.dividend != 0 || $0.gain != 0 || $0.split != 1 } ? told : []
  }
}
