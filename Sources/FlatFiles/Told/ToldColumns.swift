import Formats
import Market

/// The fields and columns that somebody told, checked before anything is read by them: a slip of the hand is wrong
/// usage, and not a file full of lines that are no rows.
package struct ToldColumns {
  private let order: ImportOrder

  init(_ order: ImportOrder) { self.order = order }

  /// Fields and columns as they are told in one word: `time=1,open=2`, `close=Close, adjusted`; `nil` where it names none.
  ///
  /// A comma begins a new field where letters and an equals sign follow; else it belongs to the name of a column.
  package static func choices(_ text: String) -> [ImportOrder.ColumnChoice]? {
    var told: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let field = piece.prefix { $0.isLetter || $0 == "-" }
      let isField = !field.isEmpty && piece[field.endIndex...].hasPrefix("=")
      if let last = told.indices.last, !isField {
        told[last] += ",\(piece)"
      } else {
        told.append(String(piece))
      }
    }
    let choices = told.compactMap(ImportOrder.ColumnChoice.init)
    return choices.count == told.count ? choices : nil
  }

  /// What is wrong with what was told, whatever the file holds; `nil` where nothing is.
  package static func objection(to order: ImportOrder) -> FileRefusal? {
    let fields = Field.tellable(of: order.dataset)
    for choice in order.columns {
      guard let field = Field.told(choice.field), fields.contains(field) else {
        return .usage(
          "--map \(Excerpt.of(choice.field, limit: 40)): there is no such field",
          hint: "The fields are \(fields.compactMap(\.toldName).joined(separator: ", "))")
      }
      if let number = Int(choice.column), number < 1 {
        return .usage("--map \(choice.field)=\(number): columns are counted from 1", hint: "")
      }
    }
    return nil
  }

  /// - Throws: a refusal that names the columns of the file, where it has not every one that was told.
  func check(against sample: UnsafeRawBufferPointer, isWhole: Bool) throws(FileRefusal) {
    if let objection = ToldColumns.objection(to: order) { throw objection }
    guard !order.columns.isEmpty || !order.skippedColumns.isEmpty else { return }
    let first = FileSample(UnsafeRawBufferPointer(rebasing: sample[FileMark.length(sample)...]), isWhole: isWhole)
    guard !first.lines.isEmpty else { return }
    try checkSkipped(first)
    for choice in order.columns {
      if let number = Int(choice.column) {
        let width = first.lines.lazy.map(\.fields.count).max() ?? 0
        guard number > width else { continue }
        throw .usage(
          "--map \(choice.field)=\(number): its lines have \(width == 1 ? "1 column" : "\(width) columns")",
          hint: ToldColumns.names(first))
      }
      let head = first.lines.prefix(FileLayout.preamble)
      guard !head.contains(where: { line in line.fields.contains { FileLayout.same($0, choice.column) } }) else {
        continue
      }
      throw .usage(
        "--map \(choice.field)=\(Excerpt.of(choice.column, limit: 40)): no column has that name",
        hint: ToldColumns.names(first))
    }
  }

  private func checkSkipped(_ sample: FileSample) throws(FileRefusal) {
    let head = sample.lines.prefix(FileLayout.preamble)
    let width = sample.lines.lazy.map(\.fields.count).max() ?? 0
    for name in order.skippedColumns {
      let isThere = head.contains { line in line.fields.contains { FileLayout.same($0, name) } }
      guard !isThere, !(Int(name).map { (1...max(1, width)).contains($0) } ?? false) else { continue }
      throw .usage(
        "--skip-column \(Excerpt.of(name, limit: 40)): no column has that name", hint: ToldColumns.names(sample))
    }
  }

  /// The columns by their names; of a table without a header, its first line.
  private static func names(_ sample: FileSample) -> String {
    let most = sample.lines.lazy.map(\.fields.count).max() ?? 0
    let head = sample.lines.first { $0.fields.count * 2 > most }?.fields ?? []
    let shown = head.prefix(20).map { Excerpt.of($0, limit: 40) }.joined(separator: ", ")
    let rest = head.count > 20 ? " and \(head.count - 20) more" : ""
    let isHeader = !head.contains { Double($0) != nil }
    return (isHeader ? "The columns are " : "It has no header; its first line is ") + shown + rest
  }
}

extension FileRefusal {
  /// Wrong usage: the file is as it is, and something else was said of it.
  static func usage(_ found: String, hint: String) -> FileRefusal { FileRefusal(found, hint: hint, isUsage: true) }
}

extension Field {
  /// How messages call it; `nil` for the one that few files need.
  var toldName: String? {
    switch self {
    case .text: nil
    case .clock: "time-of-day"
    default: rawValue
    }
  }

  /// The fields that a table of a dataset can have.
  static func tellable(of dataset: Dataset) -> [Field] {
    switch dataset {
    case .bar: [.time, .text, .clock, .open, .high, .low, .close, .volume, .symbol]
    case .sentiment: [.time, .text, .clock, .value, .classification]
    case .etfFlow: [.time, .text, .clock, .ticker, .flow]
    default: []
    }
  }
}
