import Market

/// How the cells of a table are written for people: prices with the decimals of their asset, point under point; amounts
/// with the digits that matter; fractions as per cent; instants without seconds where none has any.
///
/// The decimals of an asset come from the first rows. A price of a later one that they would take digits from, down to
/// `0.00`, has its own.
struct TableForms {
  private let columns: [Column]
  /// Where the name of the asset stands, whose prices share their decimals.
  private let asset: Int?
  private var decimals: [String: Int] = [:]
  /// By column: what the price with the most of them has.
  private var mostDecimals: [Int]
  private var isToTheMinute: [Bool]

  /// - Parameter rows: those by which the forms are chosen.
  init(_ columns: [Column], _ rows: [[TableCell]]) {
    self.columns = columns
    asset = columns.firstIndex { ["asset", "symbol", "ticker"].contains($0.name) }
    mostDecimals = columns.map { _ in 0 }
    isToTheMinute = columns.map { _ in true }
    for row in rows { take(row) }
    for row in rows {
      for index in columns.indices where columns[index].figure == .price && row[index].number != nil {
        mostDecimals[index] = max(mostDecimals[index], decimals[name(of: row), default: 0])
      }
    }
  }

  private mutating func take(_ row: [TableCell]) {
    for index in columns.indices {
      if case .instant(let instant) = row[index], instant.epochSeconds % 60 != 0 { isToTheMinute[index] = false }
      guard columns[index].figure == .price, let price = row[index].number else { continue }
      decimals[name(of: row), default: 0] = max(decimals[name(of: row), default: 0], TableForms.decimals(of: price))
    }
  }

  private func name(of row: [TableCell]) -> String { asset.map { row[$0].exactText } ?? "" }

  /// The cell of a column as it is shown in this row.
  func text(_ index: Int, of row: [TableCell]) -> String {
    let cell = row[index]
    if case .instant(let instant) = cell {
      return isToTheMinute[index] && instant.epochSeconds % 60 == 0 ? TableForms.minute(instant) : instant.description
    }
    guard let figure = columns[index].figure, let number = cell.number else { return cell.exactText }
    // What is whole has no decimals as long as it is written with all its digits.
    if case .integer(let count) = cell, figure == .amount, count.magnitude < 1000 { return groupedText(count) }
    return switch figure {
    case .price: price(number, index, row)
    case .amount: amountText(number)
    case .change: percentText(number)
    case .rate: shareText(number, decimals: 2)
    case .index: fixedText(number, decimals: 2)
    }
  }

  private func price(_ value: Double, _ index: Int, _ row: [TableCell]) -> String {
    let own = TableForms.decimals(of: value)
    let shared = decimals[name(of: row)] ?? own
    let count = TableForms.isKept(value, decimals: shared) ? shared : max(shared, own)
    guard TableForms.isKept(value, decimals: count) else { return NumberText.text(value) }
    let missing = mostDecimals[index] - count
    // A price without decimals has no point either.
    return fixedText(value, decimals: count)
      + String(repeating: " ", count: max(0, missing + (count == 0 && missing > 0 ? 1 : 0)))
  }

  /// Whether a number rounded to so many decimals is still that number, to a thousandth of it.
  private static func isKept(_ value: Double, decimals: Int) -> Bool {
    let unit = Double(PowersOfTen.integer(decimals))
    return ((value * unit).rounded() / unit - value).magnitude <= value.magnitude / 1000
  }

  /// As many as the price has, but none beyond what tells it from the next: two from a hundred on, four from one on, five
  /// behind the zeros below.
  private static func decimals(of price: Double) -> Int {
    let text = NumberText.text(price)
    let most =
      switch price.magnitude {
      case 100...: 2
      case 1...: 4
      case 0: 0
      default: min(9, 5 + zeros(behindPointOf: price.magnitude))
      }
    guard !text.utf8.contains(UInt8(ascii: "e")) else { return most }
    let fraction = text.split(separator: ".").dropFirst().first
    return min(most, fraction?.utf8.count ?? 0)
  }

  /// `2025-09-19 21:00Z`
  private static func minute(_ instant: Instant) -> String {
    let text = instant.description
    guard text.utf8.count == 20 else { return text }
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + "Z"
  }
}

/// How many zeros stand between the point and the first digit of a number below one; at most nine are counted.
private func zeros(behindPointOf value: Double) -> Int {
  var (count, value) = (0, value)
  while value < 0.1, count < 9 { (count, value) = (count + 1, value * 10) }
  return count
}

/// An amount in four or five digits: `0.0004`, `0.125`, `24.50`, `308.9`, `13,677`, `510.8 k`, `−160.1 m`, `1.2 bn`,
/// `3.1 tn`. What is not zero never looks like it.
package func amountText(_ value: Double) -> String {
  // The limits are where the text of the smaller unit would round up.
  switch value.magnitude {
  case 0: "0"
  case ..<0.000001: NumberText.text(value)
  case ..<1: fractionText(value)
  case ..<9.9995: fixedText(value, decimals: 3)
  case ..<99.995: fixedText(value, decimals: 2)
  case ..<999.95: fixedText(value, decimals: 1)
  case ..<99_999.5: groupedText(Int64(value.rounded()))
  case ..<999_950: fixedText(value / 1e3, decimals: 1) + " k"
  case ..<999_950_000: fixedText(value / 1e6, decimals: 1) + " m"
  case ..<999_950_000_000: fixedText(value / 1e9, decimals: 1) + " bn"
  default: fixedText(value / 1e12, decimals: 1) + " tn"
  }
}

/// Four digits from the first that is none of the zeros behind the point, less the zeros at the end beyond three decimals.
private func fractionText(_ value: Double) -> String {
  let decimals = min(9, 4 + zeros(behindPointOf: value.magnitude))
  var text = fixedText(value, decimals: decimals)
  for _ in 3..<decimals where text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
  return text
}
