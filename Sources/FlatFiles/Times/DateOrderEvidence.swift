import Formats
import Market

/// Which of day, month and year comes first in dates of three numbers, held against the rows one after the other.
struct DateOrderEvidence {
  /// A date of three numbers as it stands in a row.
  private struct Written {
    let text: String
    let first: Int
    let second: Int
    let hasShortYear: Bool
  }

  private let dates: [Written]
  private let order: ImportOrder

  /// So many days between two rows are a jump of months.
  private static let jump = 20

  init(_ rows: [[String]], _ columns: [Int], _ order: ImportOrder) {
    self.order = order
    dates = rows.compactMap { row in
      columns.lazy.compactMap { column in column < row.count ? DateOrderEvidence.written(row[column]) : nil }.first
    }
  }

  private static func written(_ text: String) -> Written? {
    var field = text
    return field.withUTF8 { bytes in
      guard let base = bytes.baseAddress, let date = TimeText.threeNumbers(base, 0..<bytes.count) else { return nil }
      return Written(text: text, first: date.first, second: date.second, hasShortYear: date.yearDigits == 2)
    }
  }

  /// - Parameter found: the order that was told; what is found takes its place where there was none.
  /// - Throws: what is asked, and dates that no order makes sense of.
  func find(_ found: inout ImportOrder.DateOrder?) throws(FileRefusal) {
    guard let first = dates.first else { return }
    if found == nil {
      if let short = dates.first(where: \.hasShortYear) { throw askForYear(short.text) }
      found = try dayOrMonth(first.text)
    }
    if let order = found { try checkJumps(order) }
  }

  // MARK: Asking

  /// A number above 12 in one place tells.
  private func dayOrMonth(_ example: String) throws(FileRefusal) -> ImportOrder.DateOrder {
    let first = dates.filter { $0.first > 12 }
    let second = dates.filter { $0.second > 12 }
    if let one = first.first, let other = second.first,
      min(first.count, second.count) * 20 > max(first.count, second.count)
    {
      throw mixed("\(quoted(one.text)) begins with the day and \(quoted(other.text)) with the month")
    }
    guard first.count != second.count else {
      throw FileRefusal(
        "dates such as \(Excerpt.of(example, limit: 40)) can be read with the day or the month first",
        hint: "Say which with --date-order dmy or --date-order mdy")
    }
    return first.count > second.count ? .dmy : .mdy
  }

  private func askForYear(_ example: String) -> FileRefusal {
    let fitting = ImportOrder.DateOrder.allCases.filter { order in dates.allSatisfy { day($0, order) != nil } }
    let shown = fitting.isEmpty ? ImportOrder.DateOrder.allCases : fitting
    let words = shown.map { order in
      let day = DateOrderEvidence.day(example, order)
      return "--date-order \(order.rawValue)" + (day.map { " (\($0))" } ?? "")
    }
    return FileRefusal(
      "dates such as \(Excerpt.of(example, limit: 40)) have a year of two digits, which may stand first or last",
      hint: "Say which with \(words.joined(separator: " or "))")
  }

  private func quoted(_ text: String) -> String { "'\(Excerpt.of(text, limit: 40))'" }

  // MARK: Jumps

  /// A spreadsheet that takes day and month for each other does so where both are possible, and leaves the others.
  private func checkJumps(_ order: ImportOrder.DateOrder) throws(FileRefusal) {
    guard order != .ymd, let other = ImportOrder.DateOrder.allCases.first(where: { $0 != .ymd && $0 != order }) else {
      return
    }
    let plain = dates.compactMap { day($0, order) }
    let jumps = DateOrderEvidence.jumps(plain)
    guard jumps.forth + jumps.back > 1, self.order.interval == .day1 || jumps.forth > 0 && jumps.back > 0 else {
      return
    }
    let best = [true, false].map { smoothest(order, other, flippingFirst: $0) }.min() ?? 0
    guard best * 2 <= jumps.forth + jumps.back else { return }
    let flipped = dates.compactMap { day($0, other) }
    func step(_ pair: (Written, Written)) -> Int {
      guard let a = day(pair.0, order), let b = day(pair.1, order) else { return 0 }
      return abs(b - a)
    }
    let example = zip(dates, dates.dropFirst()).max { step($0) < step($1) }
    let found =
      "read with the \(order == .dmy ? "day" : "month") first its dates jump by months and back"
      + (example.map { ": \(quoted($0.0.text)) and then \(quoted($0.1.text))" } ?? "")
    let others = DateOrderEvidence.jumps(flipped)
    if flipped.count == dates.count, (others.forth + others.back) * 2 <= jumps.forth + jumps.back {
      throw FileRefusal(found, hint: "Say --date-order \(other.rawValue)")
    }
    throw mixed(found)
  }

  private func mixed(_ found: String) -> FileRefusal {
    FileRefusal(
      "both orders of day and month occur: \(found)",
      hint: "A spreadsheet may have turned some of them round; write it anew with dates like 2020-04-13")
  }

  private static func jumps(_ days: [Day]) -> (forth: Int, back: Int) {
    var jumps = (forth: 0, back: 0)
    for (a, b) in zip(days, days.dropFirst()) {
      if b - a >= jump { jumps.forth += 1 }
      if a - b >= jump { jumps.back += 1 }
    }
    return jumps
  }

  /// How many jumps are left where each date is read by the order that brings it nearer to the one before.
  private func smoothest(
    _ order: ImportOrder.DateOrder, _ other: ImportOrder.DateOrder, flippingFirst: Bool
  ) -> Int {
    var days: [Day] = []
    for date in dates {
      let (one, two) = (day(date, order), day(date, other))
      guard let last = days.last else {
        if let first = flippingFirst ? two ?? one : one ?? two { days.append(first) }
        continue
      }
      if let nearest = [one, two].compactMap({ $0 }).min(by: { abs($0 - last) < abs($1 - last) }) {
        days.append(nearest)
      }
    }
    let jumps = DateOrderEvidence.jumps(days)
    return jumps.forth + jumps.back
  }

  private func day(_ date: Written, _ order: ImportOrder.DateOrder) -> Day? { DateOrderEvidence.day(date.text, order) }

  private static func day(_ text: String, _ order: ImportOrder.DateOrder) -> Day? {
    var field = text
    return field.withUTF8 { bytes in
      guard let base = bytes.baseAddress,
        case .wall(let seconds, _, _) = TimeText(order: order).read(base, 0..<bytes.count)
      else { return nil }
      return Instant(epochSeconds: seconds).day
    }
  }
}
