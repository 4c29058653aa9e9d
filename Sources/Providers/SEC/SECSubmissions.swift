import Formats
import Market

/// `{"cik":"320193","tickers":["AAPL"],"filings":{"recent":{"accessionNumber":[…],"filingDate":[…],"form":[…],…},"files":
/// […]}}`: columns of equal length, newest first. The instants of acceptance in it are New York's for part of the filers and
/// UTC for others, whatever they say: none is read.
struct SECSubmissions {
  /// Padded or not.
  private(set) var filer: String?
  /// Texts and their places, by column; a cell that is no text is empty.
  private(set) var columns: [String: [Cell]] = [:]
  /// How many cells each column has, also of those that are not read.
  private(set) var lengths: [String: Int] = [:]
  private(set) var hasRecent = false

  struct Cell {
    var text: String?
    var bytes: Range<Int>
  }

  /// The columns that are read.
  static let read: Set<String> = [
    "accessionNumber", "filingDate", "form", "items", "primaryDocument",
  ]

  init(_ body: [UInt8]) throws(ReadingError) {
    self = try readingDocument(body) { (cursor) throws(JSONFault) in try SECSubmissions(&cursor) }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var hasFilings = false
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "cik":
        // A text, padded or not; a number elsewhere.
        if cursor.peek() == UInt8(ascii: "\"") {
          filer = try cursor.textOrNull()
        } else {
          filer = try cursor.amount().number.flatMap { Int64(exactly: $0) }.map { "\($0)" }
        }
      case "filings":
        try cursor.meet(&hasFilings)
        try cursor.eachMember { (name, cursor) throws(JSONFault) in
          guard name == "recent" else { return try cursor.skipValue(toleratingWords: true) }
          try cursor.meet(&hasRecent)
          try readColumns(&cursor)
        }
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
  }

  private mutating func readColumns(_ cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      let name = name.string
      guard lengths[name] == nil else { throw JSONFault(.object, at: cursor.offset) }
      let cells = try Self.cells(&cursor)
      lengths[name] = cells.count
      if Self.read.contains(name) { columns[name] = cells }
    }
  }

  private static func cells(_ cursor: inout JSONCursor) throws(JSONFault) -> [Cell] {
    var cells: [Cell] = []
    var more = try cursor.enterArray()
    while more {
      _ = cursor.peek()
      let start = cursor.offset
      let text = try cursor.textOrNull()
      cells.append(Cell(text: text, bytes: start..<cursor.offset))
      more = try cursor.nextElement()
    }
    return cells
  }
}

extension SECSubmissions {
  /// A row of the columns.
  struct Row {
    let accession: Cell
    let day: Cell
    let form: Cell
    let items: Cell?
    let document: Cell?
  }

  /// The rows, newest first.
  ///
  /// - Throws: `shapeChanged` where a column is missing, or where one is longer than another: which cells belong together is
  ///   not known then.
  func rows() throws(ReadingError) -> [Row] {
    guard hasRecent else {
      throw .shapeChanged(expected: "a member 'recent' of 'filings'", found: "none", offset: nil)
    }
    guard Set(lengths.values).count <= 1 else {
      let told = lengths.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      let words = [told.first, told.last].compactMap { $0 }.map {
        "\($0.value) of \(Excerpt.of($0.key, limit: 40))"
      }
      throw .shapeChanged(
        expected: "columns of one length", found: words.joined(separator: " and "), offset: nil)
    }
    guard let accessions = columns["accessionNumber"], let days = columns["filingDate"],
      let forms = columns["form"]
    else {
      throw .shapeChanged(
        expected: "the columns accessionNumber, filingDate and form",
        found: Excerpt.of(columns.keys.sorted().joined(separator: ", "), limit: 100), offset: nil)
    }
    return accessions.indices.map { index in
      Row(
        accession: accessions[index], day: days[index], form: forms[index],
        items: columns["items"]?[index],
        document: columns["primaryDocument"]?[index])
    }
  }
}
