import Market
import Rendering
import SQLite
import Store

/// The import that had brought a row, and the decision that took it back.
struct UndoneImport {
  let file: KeptImport
  let decision: DecisionID
  let decidedAt: Instant

  /// `nil` where the newest that is known of the row is not that its import was undone.
  init?(of earlier: [EarlierFact], in store: Store) throws {
    guard let last = earlier.last, case .decision(let decision) = last.replacedBy,
      let file = try store.imports.undone(by: decision)
    else { return nil }
    self.file = file
    self.decision = decision
    decidedAt = last.replacedAt
  }

  var words: String {
    "import \(file.fetch.rawValue) (\(file.name)) had brought it, and was undone \(decidedAt) by decision "
      + "\(decision.rawValue)"
  }

  /// What brings it back, as a command.
  ///
  /// - Returns: its words without the program.
  var next: String {
    let options = file.order.options(source: file.series.key.provider) + (file.path == nil ? [] : ["--by-reference"])
    let words = ["import", file.path ?? file.name] + options + ["--again"]
    return words.map(shellWord).joined(separator: " ")
  }
}

extension Tracer {
  /// The imports that were undone by the decisions which replaced a row.
  func undoneImports(_ earlier: [EarlierFact]) throws -> [DecisionID: KeptImport] {
    var undone: [DecisionID: KeptImport] = [:]
    for case .decision(let decision) in earlier.map(\.replacedBy) where undone[decision] == nil {
      undone[decision] = try store.imports.undone(by: decision)
    }
    return undone
  }
}

extension ImportOrder {
  /// What was said of the file, as options of `import`.
  fileprivate func options(source: ProviderName) -> [String] {
    var words: [String] = []
    func add(_ option: String, _ value: String?) { if let value { words += ["--\(option)", value] } }
    switch dataset {
    case .sentiment: words += ["--dataset", "sentiment"]
    case .etfFlow: words += ["--dataset", "etf-flow"]
    default: break
    }
    add("asset", asset)
    if dataset == .bar { add("interval", interval.rawValue) }
    if source.description != "import" { add("source", source.description) }
    add("time-zone", timeZone)
    add("date-order", dateOrder?.rawValue)
    if !columns.isEmpty { add("map", columns.map { "\($0.field)=\($0.column)" }.joined(separator: ",")) }
    for cell in wanted { add("where-column", "\(cell.column)=\(cell.value)") }
    for column in skippedColumns { add("skip-column", column) }
    add("unit", unit.map { $0 == 1 ? "dollars" : "millions" })
    let flags = [
      (decimalComma, "decimal-comma"), (decimalPoint, "decimal-point"), (stampsEnd, "close-times"),
      (takesNoVolume, "no-volume"),
    ]
    return words + flags.filter(\.0).map { "--\($0.1)" }
  }
}
