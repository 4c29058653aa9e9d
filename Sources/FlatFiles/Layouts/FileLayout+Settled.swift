import Formats
import Market

extension FileLayout {
  /// The layout of a file as it was settled when it was imported, or as its first lines and the order tell it.
  ///
  /// - Parameter sample: begins with the file, a byte order mark included.
  static func of(
    _ sample: UnsafeRawBufferPointer, isWhole: Bool, order: ImportOrder, reader: SymbolReader? = nil
  ) throws(FileRefusal) -> FileLayout {
    if let settled = FileLayout(settled: order) { return settled }
    let text = UnsafeRawBufferPointer(rebasing: sample[FileMark.length(sample)...])
    return try FileLayout(FileSample(text, isWhole: isWhole), order: order, reader: reader)
  }

  /// Whether the rows are all that the sample holds, and not the first of many.
  var isAllOfSample: Bool { rows.count < FileSample.maximumLines - FileLayout.preamble }

  /// `nil` where the order was not settled; such a layout knows neither header nor rows, as nothing is looked at again.
  private init?(settled order: ImportOrder) {
    guard order.isSettled, let delimiter = order.findings["delimiter"]?.utf8.first,
      let start = order.findings["start"].flatMap({ Int($0) }),
      let line = order.findings["line"].flatMap({ Int($0) })
    else { return nil }
    self.init(
      delimiter: delimiter, start: start, firstLine: line, plan: ColumnPlan(order.findings),
      named: order.layout.flatMap(NamedLayout.named), header: [], rows: [])
  }

  /// Puts what was found into an order that is stored.
  func settle(_ order: inout ImportOrder) {
    order.layout = named?.name ?? order.layout
    order.findings["delimiter"] = String(UnicodeScalar(delimiter))
    order.findings["start"] = String(start)
    order.findings["line"] = String(firstLine)
    plan.note(in: &order.findings)
  }
}

extension ColumnPlan {
  fileprivate init(_ findings: FileFindings) {
    func pairs(_ name: String) -> [(column: Int, word: String)] {
      (findings[name] ?? "").split(separator: " ").compactMap { pair in
        let sides = pair.split(separator: ":", maxSplits: 1)
        return sides.count == 2 ? Int(sides[0]).map { ($0 - 1, String(sides[1])) } : nil
      }
    }
    for (column, word) in pairs("columns") { if let field = Field(rawValue: word) { columns[field] = column } }
    for (column, word) in pairs("funds") { funds[column] = word }
    totals = Set(pairs("totals").map(\.column))
  }

  /// Columns from 1, each with what it holds: `1:time 5:close`.
  fileprivate func note(in findings: inout FileFindings) {
    func words(_ pairs: [(column: Int, word: String)]) -> String? {
      pairs.isEmpty
        ? nil
        : pairs.sorted { ($0.column, $0.word) < ($1.column, $1.word) }.map { "\($0.column + 1):\($0.word)" }
          .joined(separator: " ")
    }
    findings["columns"] = words(columns.map { ($0.value, $0.key.rawValue) })
    findings["funds"] = words(funds.map { ($0.key, $0.value) })
    findings["totals"] = words(totals.map { ($0, "total") })
  }
}
