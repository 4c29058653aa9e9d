import Formats
import Market

/// Layouts of files without a header: told apart by what fits most rows, so that a bad row costs itself.
extension FileLayout {
  /// A layout that is tried, and the rows that it fits.
  private struct Candidate {
    let layout: NamedLayout
    let plan: ColumnPlan
    let fits: Set<Int>
  }

  init(headerless sample: FileSample, _ order: ImportOrder, _ named: NamedLayout?) throws(FileRefusal) {
    guard let index = FileLayout.firstRow(sample), order.dataset == .bar else {
      throw FileLayout.unknown(sample, order)
    }
    let rows = sample.lines.dropFirst(index).map(\.fields)
    // A header that names too little for the dataset says what the file is; its columns are not guessed.
    if index > 0, named == nil, HeaderWords.plan(sample.lines[index - 1].fields, for: order)[.time] != nil {
      throw FileLayout.unknown(sample, order)
    }
    let layouts = named.map { [$0] } ?? NamedLayout.all
    let candidates = FileLayout.candidates(rows, layouts)
    guard let best = FileLayout.best(candidates) else {
      throw FileLayout.disproof(rows, layouts) ?? FileLayout.unknown(sample, order)
    }
    let rivals = candidates.filter { FileLayout.rivals($0, best) }
    guard rivals.isEmpty else {
      let names = ([best] + rivals).map(\.layout.name)
      throw FileRefusal(
        "it has no header and its columns fit more than one layout (\(names.joined(separator: ", ")))",
        hint: "Say which with --source \(names[0]) or --source \(names[1]); or name the columns: "
          + best.plan.map(Field.allCases))
    }
    let lean = candidates.first { $0.plan == best.plan && $0.layout.priceScale != 0 }
    self.init(sample, dataFrom: index, plan: best.plan, header: [], named ?? lean?.layout)
    if best.layout.name == "binance" { plan.closing = 6 }
  }

  /// The first line that is a row; a bad one above it that has its shape is a row too.
  private static func firstRow(_ sample: FileSample) -> Int? {
    let head = sample.lines.prefix(preamble)
    guard let found = head.firstIndex(where: { isData($0.fields) }) else { return nil }
    let width = commonWidth(sample.lines.dropFirst(found).map(\.fields))
    return head[..<found].firstIndex { $0.fields.count == width && $0.fields.count(where: isNumber) * 2 > width }
      ?? found
  }

  /// How many fields most rows have; of two equally common widths, the first that comes.
  static func commonWidth(_ rows: [[String]]) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.count, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return rows.first { counts[$0.count] == most }?.count ?? 0
  }

  private static func candidates(_ rows: [[String]], _ layouts: [NamedLayout]) -> [Candidate] {
    tried(rows, layouts).filter { candidate in
      let own = rows.filter { $0.count == commonWidth(rows) }
      return candidate.layout.proofs(commonWidth(rows)).allSatisfy { $0.holds(in: own, candidate.plan) }
    }
  }

  /// The layouts whose prices fit most rows, whatever the columns beside them hold.
  private static func tried(_ rows: [[String]], _ layouts: [NamedLayout]) -> [Candidate] {
    let width = commonWidth(rows)
    let own = rows.filter { $0.count == width }
    return layouts.flatMap { layout in
      layout.headerless.filter { $0.count == width }.compactMap { columns in
        var plan = ColumnPlan()
        for (column, field) in columns.enumerated() { if let field { plan[field] = column } }
        let fits = rowsThatFit(plan, own, layout)
        return fits.count * 2 > own.count ? Candidate(layout: layout, plan: plan, fits: fits) : nil
      }
    }
  }

  /// Why a file whose prices stand where a layout has them is not of it.
  private static func disproof(_ rows: [[String]], _ layouts: [NamedLayout]) -> FileRefusal? {
    let width = commonWidth(rows)
    let own = rows.filter { $0.count == width }
    for candidate in tried(rows, layouts) {
      guard let proof = candidate.layout.proofs(width).first(where: { !$0.holds(in: own, candidate.plan) }) else {
        continue
      }
      let prices = candidate.plan.map([.time, .clock, .open, .high, .low, .close])
      return FileRefusal(
        "it has no header, and its \(width) columns are not those of \(candidate.layout.name): "
          + proof.words(own, candidate.plan),
        hint: "Take the prices only: \(prices) --no-volume; or, in place of the last, the column that is in units: "
          + "--map volume=N")
    }
    return nil
  }

  private static func best(_ candidates: [Candidate]) -> Candidate? {
    candidates.max { $0.fits.count < $1.fits.count }.flatMap { best in
      // Of equals the first, as they are listed.
      candidates.first { $0.fits.count == best.fits.count }
    }
  }

  /// Whether other columns than the best ones fit too: what fits both says nothing, and of the rest at least two thirds
  /// must speak for the best.
  private static func rivals(_ other: Candidate, _ best: Candidate) -> Bool {
    guard other.plan != best.plan else { return false }
    let (mine, others) = (best.fits.subtracting(other.fits).count, other.fits.subtracting(best.fits).count)
    return mine < 2 * others || mine == 0
  }

  // MARK: What a row says

  /// Whether a line is a row: its first field is a time and no word.
  private static func isData(_ fields: [String]) -> Bool {
    guard fields.count > 3, let first = fields.first else { return false }
    return isTime(first)
  }

  static func isTime(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return false }
      return ImportOrder.DateOrder.allCases.contains { TimeText(order: $0).read(base, 0..<bytes.count) != nil }
    }
  }

  static func isClock(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.baseAddress.map { TimeText.timeOfDay($0, 0..<bytes.count) != nil } ?? false
    }
  }

  /// The rows that are possible bars if their columns are these, and show what the layout must show.
  private static func rowsThatFit(_ plan: ColumnPlan, _ rows: [[String]], _ layout: NamedLayout) -> Set<Int> {
    if let column = plan[.symbol], rows.count(where: { isNumber($0[column]) }) * 2 >= rows.count { return [] }
    if layout.name == "lean", rows.count(where: isLean) * 2 <= rows.count { return [] }
    if let hasDates = layout.hasDates, rows.count(where: { isDate($0[0]) == hasDates }) * 2 <= rows.count {
      return []
    }
    return Set(rows.indices.filter { isBar(rows[$0], plan) })
  }

  private static func isBar(_ row: [String], _ plan: ColumnPlan) -> Bool {
    func number(_ field: Field) -> Double? { plan[field].flatMap { LayoutProof.number(row, $0) } }
    guard let open = number(.open), let high = number(.high), let low = number(.low), let close = number(.close)
    else { return false }
    return low <= min(open, close) && high >= max(open, close) && number(.volume).map { $0 >= 0 } ?? false
  }

  private static func isDate(_ text: String) -> Bool { !isNumber(text) || text.utf8.count == 8 }

  static func isNumber(_ text: String) -> Bool { Double(text) != nil }

  /// `19980102 00:00` and whole numbers, ten thousand times the price.
  private static func isLean(_ row: [String]) -> Bool {
    row.count == 6 && row[0].utf8.count == 14 && row.dropFirst().allSatisfy { Int($0) != nil }
  }
}

extension ColumnPlan {
  /// What to type for these columns: `--map time=1 --map open=2`.
  fileprivate func map(_ fields: [Field]) -> String {
    columns.filter { fields.contains($0.key) }.sorted { $0.value < $1.value }.compactMap { field, column in
      field.toldName.map { "--map \($0)=\(column + 1)" }
    }.joined(separator: " ")
  }
}
