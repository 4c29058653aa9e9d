import Formats
import Market

/// Which rows of a file are taken: those whose cells say the asset, and whatever else was told with `--where-column`.
struct RowFilter {
  /// A column and what it may say.
  struct Condition: Hashable {
    let column: Int
    /// As messages and `--where-column` call it.
    let name: String
    /// Texts, as `RowFilter.key` has them; `nil` for whatever spells the asset.
    var values: Set<String>?
    /// Whether its one value was taken without being known, so that another one ends the import.
    var isOnFaith = false
  }

  /// What becomes of a row.
  enum Verdict: Equatable {
    case taken, left
    /// Another value where there was but an unknown one.
    case doubtful(String)
  }

  private(set) var conditions: [Condition]
  private let asked: SymbolSpelling?
  /// How many rows were left out, by what their cells say.
  private(set) var leftOut: [String: Int] = [:]
  private(set) var hasTaken = false
  private var lastTaken: [[UInt8]]
  /// The cell of the row taken last, where there is one condition.
  let last: LastCell
  private var lastLeft: [[UInt8]]

  /// So many values are told of by name.
  private static let mostNames = 20

  init(_ conditions: [Condition] = [], asked: SymbolSpelling? = nil) {
    self.conditions = conditions
    self.asked = asked
    lastTaken = conditions.map { _ in [] }
    last = LastCell(column: conditions.count == 1 ? conditions[0].column : -1)
    lastLeft = lastTaken
  }

  var isEmpty: Bool { conditions.isEmpty }
  /// How many fields a line must have.
  var width: Int { (conditions.map(\.column).max() ?? -1) + 1 }

  /// How two texts are compared: letters and digits where there are letters, else as they stand.
  static func key(_ text: String) -> String {
    text.unicodeScalars.contains { $0.properties.isAlphabetic } ? SymbolSpelling.plain(text) : text
  }

  // MARK: Rows of a sample

  /// The rows that are taken of some that are fields already.
  func rows(_ rows: [[String]]) -> [[String]] {
    isEmpty ? rows : rows.filter { row in conditions.allSatisfy { $0.column < row.count && fits(row[$0.column], $0) } }
  }

  private func fits(_ text: String, _ condition: Condition) -> Bool {
    condition.values.map { $0.contains(RowFilter.key(text)) } ?? asked?.spells(text) ?? true
  }

  // MARK: Rows of the file

  mutating func verdict(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) -> Verdict {
    for index in conditions.indices {
      let field = row[conditions[index].column]
      let cell = UnsafeBufferPointer(start: bytes + field.start, count: field.range.count)
      if !lastTaken[index].isEmpty, lastTaken[index].elementsEqual(cell) { continue }
      let verdict = look(DelimitedText.text(field, in: bytes), Array(cell), index)
      if verdict != .taken { return verdict }
    }
    hasTaken = true
    return .taken
  }

  @inline(never)
  private mutating func look(_ text: String, _ cell: [UInt8], _ index: Int) -> Verdict {
    if lastLeft[index] != cell || cell.isEmpty {
      if fits(text, conditions[index]) {
        lastTaken[index] = cell
        last.keep(cell)
        return .taken
      }
      if conditions[index].isOnFaith, !text.isEmpty { return .doubtful(text) }
      lastLeft[index] = cell
    }
    let words = "\(conditions[index].name) \(text.isEmpty ? "without a value" : Excerpt.of(text, limit: 40))"
    let isNamed = leftOut[words] != nil || leftOut.count < RowFilter.mostNames
    leftOut[isNamed ? words : "\(conditions[index].name) of other values", default: 0] += 1
    return .left
  }
}

extension RowFilter {
  /// A second value where the first was not known either: either could be the asset.
  func refusal(of text: String, in line: Int, asked: String?) -> FileRefusal {
    let condition = conditions.first { $0.isOnFaith }
    let name = condition?.name ?? ""
    let first = condition?.values?.first ?? ""
    return FileRefusal(
      "line \(line): its column \(name) says '\(Excerpt.of(text, limit: 40))' and '\(first)' in the rows before, and not "
        + (asked ?? ""),
      hint: "Say which rows are of \(asked ?? "it"): --where-column \(SymbolWords.typed("\(name)=\(first)"))")
  }

  /// Why a file is refused none of whose rows was taken.
  func refusalOfAll(asked: String?) -> FileRefusal? {
    guard !hasTaken, !leftOut.isEmpty else { return nil }
    let few = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).map(\.key).joined(separator: ", ")
    let names = conditions.map(\.name).joined(separator: ", ")
    return FileRefusal(
      "not one of its rows is of \(asked ?? "what was asked for"): they say \(few)",
      hint: conditions.isEmpty ? "" : "Say which to take: --where-column \(SymbolWords.typed("\(names)=VALUE"))")
  }

  /// What was settled when the file was imported.
  init(_ order: ImportOrder) {
    var conditions: [Condition] = []
    while let column = order.findings["rows-\(conditions.count + 1)-column"].flatMap({ Int($0) }) {
      let name = "rows-\(conditions.count + 1)"
      let values = order.findings["\(name)-values"].map { Set($0.split(separator: "\u{1F}").map(String.init)) }
      conditions.append(
        Condition(
          column: column - 1, name: order.findings["\(name)-name"] ?? "", values: values,
          isOnFaith: order.findings["\(name)-on-faith"] != nil))
    }
    self.init(conditions, asked: SymbolReader(order).asked)
  }

  /// Puts what was found into an order that is stored.
  func settle(_ order: inout ImportOrder) {
    for (index, condition) in conditions.enumerated() {
      let name = "rows-\(index + 1)"
      order.findings["\(name)-column"] = String(condition.column + 1)
      order.findings["\(name)-name"] = condition.name
      order.findings["\(name)-values"] = condition.values?.sorted().joined(separator: "\u{1F}")
      order.findings["\(name)-on-faith"] = condition.isOnFaith ? "1" : nil
    }
  }
}
