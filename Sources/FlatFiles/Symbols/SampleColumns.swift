import Formats
import Market

/// The columns of the first rows of a file, as far as they may say what a row is of.
struct SampleColumns {
  let layout: FileLayout
  let rows: [[String]]

  /// A value of a column and how many rows say it, in the order in which they come.
  struct Values {
    var counts: [(text: String, rows: Int)] = []
    /// By the key under which texts are compared.
    var places: [String: Int] = [:]
  }

  /// So many values are looked at.
  private static let most = 500

  var width: Int { rows.lazy.map(\.count).max() ?? 0 }

  /// The name over a column, or its number from 1.
  func name(_ column: Int) -> String {
    let index = header(of: column)
    guard index < layout.header.count, !layout.header[index].isEmpty else { return String(column + 1) }
    return layout.header[index]
  }

  /// The name over a column without case and marks; empty without a header.
  func word(_ column: Int) -> String {
    let index = header(of: column)
    return index < layout.header.count ? HeaderWords.plain(layout.header[index]) : ""
  }

  /// Rows of a date and a time under one name are a field wider than their header.
  private func header(of column: Int) -> Int {
    guard let time = layout.plan[.time], layout.plan[.clock] == time + 1, let row = rows.first,
      row.count == layout.header.count + 1
    else { return column }
    return column > time ? column - 1 : column
  }

  /// The column that was told by its name or number; `nil` where there is none.
  func column(_ told: String) -> Int? {
    if let named = (0..<width).first(where: { FileLayout.same(name($0), told) }) { return named }
    return Int(told).flatMap { (1...max(1, width)).contains($0) ? $0 - 1 : nil }
  }

  func text(_ row: [String], _ column: Int) -> String { column < row.count ? row[column] : "" }

  /// `nil` where there are more than a few hundred.
  func values(_ column: Int) -> Values? {
    var values = Values()
    for row in rows {
      let text = text(row, column)
      let key = RowFilter.key(text)
      if let place = values.places[key] {
        values.counts[place].rows += 1
      } else {
        guard values.counts.count < SampleColumns.most else { return nil }
        values.places[key] = values.counts.count
        values.counts.append((text, 1))
      }
    }
    return values
  }

  /// Columns of words that are no times and no numbers, and that the plan has no use for.
  func areWords(_ column: Int) -> Bool {
    guard !layout.plan.columns.values.contains(column), layout.plan.funds[column] == nil else { return false }
    let filled = rows.lazy.map { text($0, column) }.filter { !$0.isEmpty }.prefix(50)
    return !filled.isEmpty
      && filled.allSatisfy { $0.unicodeScalars.contains { $0.properties.isAlphabetic } && !FileLayout.isTime($0) }
      && filled.contains { $0.first.map { $0.isLetter || "^$".contains($0) } ?? false }
  }

  /// Columns of whole numbers that the plan has no use for.
  func areNumbers(_ column: Int) -> Bool {
    guard !layout.plan.columns.values.contains(column), layout.plan.funds[column] == nil else { return false }
    return rows.allSatisfy { row in
      let text = text(row, column)
      return (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 48 < 10 }
    }
  }

  // MARK: For people

  /// The first values of a column, each with the prices that its rows have.
  func shown(_ values: Values, _ column: Int) -> String {
    let price = layout.plan[.close] ?? layout.plan[.value]
    let shown = values.counts.prefix(6).map { value in
      let key = RowFilter.key(value.text)
      let own = rows.filter { RowFilter.key(text($0, column)) == key }
        .compactMap { row in price.flatMap { SampleColumns.number(text(row, $0)) } }
      let count = value.rows == 1 ? "1 row" : "\(value.rows) rows"
      let range = own.min().flatMap { low in own.max().map { " (\(count), \(low) to \($0))" } } ?? ""
      return "'\(Excerpt.of(value.text, limit: 40))'\(range)"
    }
    let more = values.counts.count > 6 ? " and \(values.counts.count - 6) more" : ""
    return shown.joined(separator: ", ") + more
  }

  /// Near enough for telling a jump: marks between digits are left out, a comma alone is a point.
  static func number(_ text: String) -> Double? {
    Double(text) ?? Double(text.contains(".") ? text.filter { $0 != "," } : text.replacing(",", with: "."))
  }
}
