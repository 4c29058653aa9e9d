import Formats
import Market

/// The rows of bars in an answer, newest first, whether as JSON or as a table: numbers in text, times by the clocks of the
/// exchange.
struct AlphaVantageSeries {
  struct Cell: Hashable {
    let amount: Amount
    let bytes: Range<Int>
  }

  struct Row {
    /// `2018-06-01 16:00:00`, or a date.
    let stamp: String
    /// Open, high, low, close, volume; fewer where the row lacks some.
    var cells: [Cell] = []
    let bytes: Range<Int>
  }

  static let fields: [FigureField] = [.open, .high, .low, .close, .volume]

  fileprivate(set) var symbol: String?
  fileprivate(set) var interval: String?
  /// In the tz database: `US/Eastern`.
  fileprivate(set) var zone: String?
  fileprivate(set) var rows: [Row] = []
  /// The name of the member that holds the rows; `nil` in a table.
  fileprivate(set) var member: String?
  /// The names of a row's members, in the order of `fields`.
  fileprivate(set) var names: [String] = []

  /// Refuses rows of something else than was asked for.
  func check(_ bars: AlphaVantageAddress.Bars, _ asked: String) throws(ReadingError) {
    if let symbol, symbol.uppercased() != asked.uppercased() {
      throw .shapeChanged(
        expected: "bars of \(asked)", found: "bars of \(Excerpt.of(symbol, limit: 20))", offset: nil)
    }
    if let interval, let expected = AlphaVantageAddress.name(of: bars.interval), interval != expected {
      throw .shapeChanged(
        expected: "bars of \(expected)", found: "bars of \(Excerpt.of(interval, limit: 20))", offset: nil)
    }
  }
}

// As JSON: {"Meta Data":{"2. Symbol":"IBM","6. Time Zone":"US/Eastern"},"Time Series (5min)":{"2026-05-15 15:55:00":
// {"1. open":"219.0300",…}}}. How its members are numbered differs by function.
extension AlphaVantageSeries {
  init(json body: [UInt8]) throws(ReadingError) {
    self = try readingDocument(body) { (cursor) throws(JSONFault) in
      var (series, hasMeta) = (AlphaVantageSeries(), false)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        let name = name.string
        if name == "Meta Data" {
          try cursor.meet(&hasMeta)
          try series.readMeta(&cursor)
        } else if name.hasPrefix("Time Series") {
          guard series.member == nil else { throw JSONFault(.singleMember, at: cursor.offset) }
          series.member = name
          try series.readRows(&cursor)
        } else {
          try cursor.skipValue(toleratingWords: true)
        }
      }
      return series
    }
    guard member != nil else { throw .shapeChanged(expected: "a member 'Time Series'", found: "none", offset: nil) }
  }

  private mutating func readMeta(_ cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch Self.unnumbered(name.string) {
      case "Symbol": symbol = try cursor.textOrNull()
      case "Interval": interval = try cursor.textOrNull()
      case "Time Zone": zone = try cursor.textOrNull()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
  }

  private mutating func readRows(_ cursor: inout JSONCursor) throws(JSONFault) {
    var names = [String](repeating: "", count: Self.fields.count)
    try cursor.eachMember { (stamp, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      var cells = [Cell?](repeating: nil, count: Self.fields.count)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        let name = name.string
        guard let field = Self.fields.firstIndex(where: { $0.rawValue == Self.unnumbered(name) }) else {
          return try cursor.skipValue(toleratingWords: true)
        }
        guard cells[field] == nil else { throw JSONFault(.singleMember, at: cursor.offset) }
        _ = cursor.peek()
        let start = cursor.offset
        let amount = try cursor.amount()
        cells[field] = Cell(amount: amount, bytes: start..<cursor.offset)
        names[field] = name
      }
      rows.append(
        Row(
          stamp: stamp.string, cells: cells.map { $0 ?? Cell(amount: .absent, bytes: start..<start) },
          bytes: start..<cursor.offset))
    }
    self.names = names
  }

  /// `open` of `1. open`.
  private static func unnumbered(_ name: String) -> Substring {
    let rest = name.drop { $0.isNumber }
    return rest.count < name.count && rest.hasPrefix(". ") ? rest.dropFirst(2) : rest
  }
}

// As a table: timestamp,open,high,low,close,volume.
extension AlphaVantageSeries {
  init(table body: [UInt8]) throws(ReadingError) {
    self.init()
    let table = try AlphaVantageTable(body, expecting: ["timestamp"] + Self.fields.map(\.rawValue))
    rows = table.lines.map { line in
      Row(
        stamp: String(decoding: body[line.cells[0]], as: UTF8.self),
        cells: line.cells.dropFirst().map { Cell(amount: AlphaVantageTable.amount(body[$0]), bytes: $0) },
        bytes: line.bytes)
    }
  }
}
