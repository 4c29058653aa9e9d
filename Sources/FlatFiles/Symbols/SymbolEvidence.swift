import Formats
import Market

/// Holds the rows of a file against the asset that was asked for: what its columns and its header say of them.
struct SymbolEvidence {
  private let order: ImportOrder
  private let reader: SymbolReader
  private let isWhole: Bool
  private var columns: SampleColumns
  private var conditions: [RowFilter.Condition] = []
  /// What a person should know.
  private(set) var told: [String] = []

  /// - Parameter isWhole: whether the rows of the layout are all that there are.
  init(_ layout: FileLayout, _ order: ImportOrder, _ reader: SymbolReader, isWhole: Bool) {
    self.order = order
    self.reader = reader
    self.isWhole = isWhole
    columns = SampleColumns(layout: layout, rows: layout.rows)
  }

  /// The rows that are taken.
  ///
  /// - Throws: what is refused, or asked.
  mutating func filter() throws(FileRefusal) -> RowFilter {
    guard order.judgesEvidence else { return RowFilter(order) }
    try takeWanted()
    if reader.asked != nil, order.dataset != .sentiment {
      try judgeHeader()
      for column in 0..<columns.width where isSymbol(column) { try judgeSymbols(column) }
      for column in 0..<columns.width where !isSymbol(column) && columns.areWords(column) { try judgeWords(column) }
    }
    if order.dataset != .etfFlow { try GroupEvidence(columns, order).judge() }
    return RowFilter(conditions, asked: reader.asked)
  }

  private mutating func add(_ condition: RowFilter.Condition) {
    conditions.append(condition)
    columns = SampleColumns(
      layout: columns.layout, rows: RowFilter([condition], asked: reader.asked).rows(columns.rows))
  }

  private func isTaken(_ column: Int) -> Bool { conditions.contains { $0.column == column } }

  // MARK: Told

  /// Of two values of one column either is taken.
  private mutating func takeWanted() throws(FileRefusal) {
    var values: [Int: Set<String>] = [:]
    var told: [(column: Int, words: String)] = []
    for wanted in order.wanted {
      let words = "--where-column \(SymbolWords.typed("\(wanted.column)=\(wanted.value)"))"
      guard let column = columns.column(wanted.column) else {
        let names = (0..<columns.width).prefix(20).map { Excerpt.of(columns.name($0), limit: 40) }
        throw .usage("\(words): no column has that name", hint: "The columns are \(names.joined(separator: ", "))")
      }
      values[column, default: []].insert(RowFilter.key(wanted.value))
      told.append((column, words))
    }
    for (column, words) in told where !isTaken(column) {
      let condition = RowFilter.Condition(column: column, name: columns.name(column), values: values[column])
      if isWhole, !columns.rows.isEmpty, RowFilter([condition]).rows(columns.rows).isEmpty {
        throw .usage("\(words): no row says that", hint: "Its rows say \(list(columns.values(column)))")
      }
      add(condition)
    }
  }

  // MARK: Columns of symbols

  private func isSymbol(_ column: Int) -> Bool {
    if columns.layout.plan[.symbol] == column { return true }
    guard !columns.layout.plan.columns.values.contains(column) else { return false }
    return SymbolWords.names.contains(columns.word(column))
  }

  private mutating func judgeSymbols(_ column: Int) throws(FileRefusal) {
    guard !isTaken(column), let values = columns.values(column) else { return }
    let filled = values.counts.filter { reader.verdict($0.text) != .blank }
    guard !filled.isEmpty else { return }
    if try judge(column, values) { return }
    let others = filled.compactMap { value -> String? in
      if case .other(let symbol) = reader.verdict(value.text) { symbol } else { nil }
    }
    // The rows asked for may stand further down in a long file.
    if !isWhole, filled.count > 1 || !others.isEmpty {
      return add(RowFilter.Condition(column: column, name: columns.name(column), values: nil))
    }
    guard others.isEmpty, filled.count == 1 else { throw notAsked(column, filled.map(\.text), others.first) }
    add(
      RowFilter.Condition(
        column: column, name: columns.name(column), values: [RowFilter.key(filled[0].text)], isOnFaith: true))
    told.append(
      "its column \(columns.name(column)) says '\(Excerpt.of(filled[0].text, limit: 40))', which is no asset known here; "
        + "its rows are taken for \(order.asset ?? "")")
  }

  /// A column whose name says nothing: what matters is whether its words are assets.
  private mutating func judgeWords(_ column: Int) throws(FileRefusal) {
    guard !isTaken(column), !SymbolWords.isBeside(columns.word(column)), let values = columns.values(column) else {
      return
    }
    if try judge(column, values) { return }
    var others: [String] = []
    for value in values.counts {
      guard case .other(let symbol) = reader.verdict(value.text), SymbolSpelling.plain(value.text).count > 2,
        !SymbolWords.commonWords.contains(value.text.uppercased())
      else { return }
      others.append(symbol)
    }
    if let first = others.first { throw notAsked(column, values.counts.map(\.text), first) }
  }

  /// Whether rows of the column say the asset that was asked for; then the others are left out.
  private mutating func judge(_ column: Int, _ values: SampleColumns.Values) throws(FileRefusal) -> Bool {
    let fitting = values.counts.filter { reader.verdict($0.text) == .asked }
    guard let first = fitting.first else { return false }
    guard fitting.count == 1 else { throw several(column, fitting.map(\.text)) }
    add(
      RowFilter.Condition(
        column: column, name: columns.name(column), values: [RowFilter.key(first.text)]))
    return true
  }

  // MARK: The header

  /// `Volume ETH` over a file that should be of Bitcoin; what is paid with stands behind it or is a currency.
  private func judgeHeader() throws(FileRefusal) {
    guard order.dataset == .bar, conditions.isEmpty else { return }
    for name in columns.layout.header {
      let parts = name.split { !$0.isLetter && !$0.isNumber }
      guard parts.count == 2, let index = parts.firstIndex(where: { ["volume", "vol"].contains($0.lowercased()) })
      else { continue }
      let unit = String(parts[1 - index])
      switch reader.verdict(unit) {
      case .asked: return
      case .other(let symbol) where unit.uppercased() == unit && SymbolSpelling.plain(unit).count > 2:
        throw FileRefusal(
          "its column '\(Excerpt.of(name, limit: 40))' says that it is of \(symbol), and not of \(order.asset ?? "")",
          hint: "Import it as what it is: --asset \(SymbolWords.typed(symbol))")
      default: continue
      }
    }
  }

  // MARK: Words

  private func list(_ values: SampleColumns.Values?) -> String {
    guard let values else { return "many things" }
    return list(values.counts.map(\.text))
  }

  private func list(_ values: [String]) -> String {
    let shown = values.prefix(8).map { "'\(Excerpt.of($0, limit: 40))'" }.joined(separator: ", ")
    return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
  }

  private func notAsked(_ column: Int, _ values: [String], _ other: String?) -> FileRefusal {
    let name = columns.name(column)
    let known = other.map { values.count == 1 ? ", which is \($0)" : "" } ?? ""
    let hint =
      other.map { "Import them as what they are: --asset \(SymbolWords.typed($0))" }
      ?? "Say which rows are of \(order.asset ?? ""): "
      + values.prefix(3).map { "--where-column \(SymbolWords.typed("\(name)=\($0)"))" }.joined(separator: " or ")
    let shown = other == nil ? columns.values(column).map { columns.shown($0, column) } : nil
    return FileRefusal(
      "its column \(Excerpt.of(name, limit: 40)) says \(shown ?? list(values))\(known), and not \(order.asset ?? "")",
      hint: hint)
  }

  private func several(_ column: Int, _ values: [String]) -> FileRefusal {
    let name = columns.name(column)
    return FileRefusal(
      "its column \(Excerpt.of(name, limit: 40)) says \(list(values)), and each may be \(order.asset ?? "")",
      hint: "Say which rows to take: "
        + values.prefix(6).map { "--where-column \(SymbolWords.typed("\(name)=\($0)"))" }.joined(separator: " or "))
  }
}
