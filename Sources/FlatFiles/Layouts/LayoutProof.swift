import Formats

/// What the columns beside a bar show where a file without a header is of a layout: without it a column of money could be
/// taken for the volume.
enum LayoutProof: Hashable, Sendable {
  /// A mean price that lies within low and high wherever something was traded.
  case meanPrice(column: Int)
  /// How many trades there were, which is a whole number.
  case count(column: Int)
  /// A close restated for dividends, which in the newest row is the close, or nearly.
  case adjustedClose(column: Int)
  /// The volume in money, which is volume times price.
  case money(column: Int)

  func holds(in rows: [[String]], _ plan: ColumnPlan) -> Bool {
    switch self {
    case .meanPrice(let column):
      return mostly(rows) { row in
        guard let volume = number(row, plan[.volume]), volume > 0 else { return nil }
        return between(number(row, column), number(row, plan[.low]), number(row, plan[.high]))
      }
    case .count(let column):
      return mostly(rows) { row in number(row, column).map { $0 >= 0 && $0 == $0.rounded() } }
    case .adjustedClose(let column):
      return newest(rows).map { row in
        between(
          number(row, column), number(row, plan[.close]).map { $0 * 0.95 }, number(row, plan[.close]).map { $0 * 1.05 })
          ?? false
      } ?? false
    case .money(let column):
      return mostly(rows) { row in
        guard let volume = number(row, plan[.volume]), volume > 0, let money = number(row, column) else { return nil }
        // A tenth to either side: rounded, or traded elsewhere too.
        return between(
          money / volume, number(row, plan[.low]).map { $0 * 0.9 }, number(row, plan[.high]).map { $0 * 1.1 })
      }
    }
  }

  /// What does not hold, with the first row as evidence: `the 6th (2.35) is no mean price`.
  func words(_ rows: [[String]], _ plan: ColumnPlan) -> String {
    let (column, why) =
      switch self {
      case .meanPrice(let column): (column, "does not lie between low and high, as a mean price does")
      case .count(let column): (column, "is no whole number of trades")
      case .adjustedClose(let column): (column, "is not near the close in the newest row, as an adjusted close is")
      case .money(let column): (column, "is not the volume times the price")
      }
    let row = rows.first { number($0, plan[.volume]).map { $0 > 0 } ?? false } ?? rows.first ?? []
    return "number \(column + 1)\(column < row.count ? " (\(Excerpt.of(row[column], limit: 30)))" : "") \(why)"
  }

  /// Whether it holds in most rows that say something of it; one where none does proves nothing against it.
  private func mostly(_ rows: [[String]], _ holds: ([String]) -> Bool?) -> Bool {
    let told = rows.compactMap(holds)
    return told.isEmpty || told.count(where: { $0 }) * 2 > told.count
  }

  private func between(_ number: Double?, _ low: Double?, _ high: Double?) -> Bool? {
    guard let number, let low, let high else { return nil }
    // The last digit of a mean is rounded.
    let slack = abs(high) * 1e-6
    return number >= low - slack && number <= high + slack
  }

  /// The first or the last row, whichever is newer, among those that have a number in this column.
  private func newest(_ rows: [[String]]) -> [String]? {
    guard case .adjustedClose(let column) = self else { return nil }
    let read = rows.filter { number($0, column) != nil }
    guard let first = read.first, let last = read.last else { return nil }
    return first[0] > last[0] ? first : last
  }

  private func number(_ row: [String], _ column: Int?) -> Double? { column.flatMap { LayoutProof.number(row, $0) } }

  /// The number in a field, in whatever form it is written as long as there is one way to read it.
  static func number(_ row: [String], _ column: Int) -> Double? {
    guard column < row.count else { return nil }
    if let plain = DecimalText.number(row[column].utf8) { return plain }
    guard let spelled = SpelledNumber(row[column].utf8) else { return nil }
    let forms = NumberForm.Mark.allCases.compactMap { spelled.value(in: NumberForm($0, currency: spelled.currency)) }
    return Set(forms).count == 1 ? forms[0] : nil
  }
}

extension NamedLayout {
  /// What a file of so many columns must show to be of this layout.
  func proofs(_ width: Int) -> [LayoutProof] {
    switch (name, width) {
    case ("kraken", 7): [.count(column: 6)]
    case ("kraken", 8): [.meanPrice(column: 5), .count(column: 7)]
    case ("yahoo", 7): [.adjustedClose(column: 5)]
    case ("binance", 12): [.money(column: 7), .count(column: 8)]
    case ("cryptodatadownload", 9), ("cryptodatadownload", 10): [.money(column: 8)]
    default: []
    }
  }
}
