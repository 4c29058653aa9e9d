import Market
import Rendering

/// A cell of a test's rows.
enum Cell {
  case integer(Int64)
  case real(Double)
  case text(String)
  case instant(Int64)
  case null

  func write(to encoder: any RowEncoder) {
    switch self {
    case .integer(let value): encoder.integer(value)
    case .real(let value): encoder.real(value)
    case .text(let value): encoder.text(value)
    case .instant(let seconds): encoder.instant(Instant(epochSeconds: seconds))
    case .null: encoder.null()
    }
  }
}

/// The whole text of some rows in a format.
func encoded(
  _ format: RowFormat, _ columns: [Column], _ rows: [[Cell]], table: String = "t", width: Int? = nil,
  height: Int? = nil, style: TextStyle = .plain, isForPeople: Bool = false
) -> String {
  let encoder = format.encoder(
    table: table, on: TableScreen(width: width, height: height, style: style, isForPeople: isForPeople))
  encoder.begin(columns)
  for row in rows {
    for cell in row { cell.write(to: encoder) }
    encoder.endRow()
  }
  encoder.finish()
  return encoder.output.text
}

/// The text of rows with one column of texts.
func encoded(_ format: RowFormat, texts: [String], width: Int? = nil) -> String {
  encoded(format, [Column("a", .text)], texts.map { [.text($0)] }, width: width)
}

/// Columns and rows of each kind, with gaps.
let sampleColumns = [
  Column("asset", .text), Column("ts_utc", .text), Column("close", .real), Column("bars", .integer),
]
let sampleRows: [[Cell]] = [
  [.text("BTC"), .instant(1_758_315_600), .real(115_000), .integer(24)],
  [.text("ETH"), .instant(1_758_315_600), .real(4471.25), .null],
  [.null, .instant(1_758_319_200), .real(.nan), .integer(-1)],
]
