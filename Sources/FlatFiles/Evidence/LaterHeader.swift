import Formats
import Market

/// A header within a file: one that repeats the first costs itself, as where files were put behind each other; what
/// stands below one of other columns would be taken for what it is not.
struct LaterHeader {
  /// Of the first header; empty where there is none.
  private let words: [String]
  private let plan: ColumnPlan
  private let order: ImportOrder
  private let time: Int

  /// `nil` where evidence is not judged, as in a replay.
  init?(_ layout: FileLayout, _ order: ImportOrder) {
    guard order.judgesEvidence, let time = layout.plan[.time] else { return nil }
    words = LaterHeader.words(layout.header)
    (plan, self.order, self.time) = (layout.plan, order, time)
  }

  /// Why a file ends at a line that is no row; `nil` where the line is no header of other columns.
  func refusal(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ line: Int) -> FileRefusal? {
    guard time < min(row.count, DelimitedRow.maximumFields), !row[time].isEmpty,
      !row[time].range.contains(where: { (48...57).contains(bytes[$0]) })
    else { return nil }
    let names = (0..<min(row.count, DelimitedRow.maximumFields)).map { DelimitedText.text(row[$0], in: bytes) }
    guard LaterHeader.words(names) != words else { return nil }
    let other = HeaderWords.plan(names, for: order)
    guard FileLayout.isEnough(other, for: order.dataset), !words.isEmpty || isOther(other) else { return nil }
    return FileRefusal(
      "line \(line) is a header of other columns than those above it "
        + "(\(Excerpt.of(names.joined(separator: ", "), limit: 120)))",
      hint: "Import what stands below it as a file of its own")
  }

  /// Whether it contradicts what the columns of a file without a header were taken for.
  private func isOther(_ other: ColumnPlan) -> Bool {
    other.funds != plan.funds || other.columns.contains { field, column in plan[field].map { $0 != column } ?? false }
  }

  private static func words(_ names: [String]) -> [String] {
    var words = names.map(HeaderWords.plain)
    while words.last == "" { words.removeLast() }
    return words
  }
}
