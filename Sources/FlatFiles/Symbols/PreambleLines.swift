import Formats
import Market

/// What stands above a table: `Symbol: ETHUSDT`, `Ticker,MSFT`, `ETHUSDT`.
struct PreambleLines {
  private let lines: [[String]]
  private let order: ImportOrder
  private let reader: SymbolReader

  /// - Parameter index: of the line with the names.
  init(_ sample: FileSample, above index: Int, _ order: ImportOrder, _ reader: SymbolReader) {
    lines = sample.lines.prefix(index).map { $0.fields.filter { !$0.isEmpty } }
    self.order = order
    self.reader = reader
  }

  /// What a person should know of them.
  ///
  /// - Throws: where they name another asset than the one that was asked for.
  func check() throws(FileRefusal) -> [String] {
    guard order.dataset == .bar, reader.asked != nil else { return [] }
    var told: [String] = []
    for line in lines {
      guard let (text, isNamed) = PreambleLines.symbol(line) else { continue }
      switch reader.verdict(text) {
      case .other(let symbol) where isNamed || SymbolSpelling.plain(text).count > 2:
        throw FileRefusal(
          "above its columns stands '\(Excerpt.of(text, limit: 40))', which is \(symbol), and not \(order.asset ?? "")",
          hint: "Import it as what it is: --asset \(SymbolWords.typed(symbol))")
      case .unknown where isNamed:
        told.append(
          "above its columns stands '\(Excerpt.of(text, limit: 40))', which is no asset known here; its rows are taken for "
            + (order.asset ?? ""))
      default: continue
      }
    }
    return told
  }

  /// The symbol that a line says, and whether it says that it is one; `nil` for a line of something else.
  private static func symbol(_ line: [String]) -> (text: String, isNamed: Bool)? {
    var cells = line
    if cells.count == 1, let mark = cells[0].firstIndex(where: { ":=".contains($0) }) {
      cells = [String(cells[0][..<mark]), String(cells[0][cells[0].index(after: mark)...])]
    }
    cells = cells.map { $0.drop { "# ".contains($0) } }.map(String.init)
    if cells.count == 2, SymbolWords.names.contains(HeaderWords.plain(cells[0])) { return (cells[1], true) }
    guard line.count == 1, let word = line.first, word.utf8.count <= 20, !word.contains(" ") else { return nil }
    return (word, false)
  }
}
