/// A table of a web page: its rows with the text of their cells.
package struct HTMLTable: Hashable, Sendable {
  /// One cell, its text folded to single spaces.
  package struct Cell: Hashable, Sendable {
    /// The visible text, runs of white space made one space, none at the ends.
    package let text: String
    /// Whether it is a `<th>`.
    package let isHeader: Bool

    /// - Parameter text: folded already.
    package init(text: String, isHeader: Bool) {
      self.text = text
      self.isHeader = isHeader
    }
  }

  /// The cells of one row, from left to right.
  package struct Row: Hashable, Sendable {
    /// A cell that spans columns stands here once for each of them.
    package let cells: [Cell]
    /// Whether every cell is a `<th>`.
    package var isHeader: Bool { !cells.isEmpty && cells.allSatisfy(\.isHeader) }

    /// - Parameter cells: from left to right, spanned ones repeated.
    package init(cells: [Cell]) { self.cells = cells }
  }

  /// In the page's order, without rows that have no cells.
  package let rows: [Row]

  /// - Parameter rows: in the page's order, each with a cell at least.
  package init(rows: [Row]) { self.rows = rows }
}

/// Why a page could not be read as HTML.
package enum HTMLFault: Error, Hashable, Sendable {
  /// More bytes than the limit.
  case tooLarge(bytes: Int, limit: Int)
  /// The page ends inside a table that was asked for.
  case cutInsideTable
  /// A table with more cells than a page could sensibly show.
  case tooManyCells(limit: Int)
  /// libxml2 made no document of it, for instance because there is nothing.
  case notHTML
}

extension HTMLFault: CustomStringConvertible {
  /// Why nothing could be read, as the end of a sentence; one line.
  package var description: String {
    switch self {
    case .tooLarge(let bytes, let limit): "the page has \(bytes) bytes, more than the \(limit) that are read"
    case .cutInsideTable: "the page ends inside the table"
    case .tooManyCells(let limit): "a table has more than \(limit) cells"
    case .notHTML: "no HTML document"
    }
  }
}

extension HTMLTable {
  /// Cells a table may have, spanned columns counted.
  package static let cellLimit = 1_000_000
  /// Columns one cell may span; what asks for more is taken as this.
  package static let spanLimit = 100

  /// The tables of a page whose `class` attribute holds `name` as one of its words, in the page's order.
  ///
  /// Forgiving as browsers are: unclosed rows and cells end where the next begins. Nothing is loaded from anywhere. A
  /// table inside a cell is a table of its own and adds no rows or text to the outer one.
  ///
  /// - Parameter maximumBytes: a longer page is refused unread.
  package static func tables(
    ofClass name: String, in page: [UInt8], maximumBytes: Int = 16 << 20
  ) throws(HTMLFault) -> [HTMLTable] {
    guard page.count <= maximumBytes else { throw .tooLarge(bytes: page.count, limit: maximumBytes) }
    let document = try HTMLDocument(page)
    let nodes = document.elements(named: "table").filter { $0.words(of: "class").contains { $0 == name } }
    guard !nodes.isEmpty else { return [] }
    guard document.closesEveryTable else { throw .cutInsideTable }
    var tables: [HTMLTable] = []
    for node in nodes { tables.append(try HTMLTable(node)) }
    return tables
  }

  private init(_ table: HTMLNode) throws(HTMLFault) {
    var rows: [Row] = []
    var total = 0
    for row in table.rowsOfTable {
      var cells: [Cell] = []
      for node in row.cellsOfRow {
        let span = node.attribute("colspan").flatMap { Int($0) } ?? 1
        let cell = Cell(text: node.visibleText, isHeader: node.isNamed("th"))
        cells += repeatElement(cell, count: min(max(span, 1), Self.spanLimit))
      }
      total += cells.count
      guard total <= Self.cellLimit else { throw .tooManyCells(limit: Self.cellLimit) }
      if !cells.isEmpty { rows.append(Row(cells: cells)) }
    }
    self.init(rows: rows)
  }
}
