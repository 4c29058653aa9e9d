import CSQLite
import GRDB
import Market
import SQLite

/// Tells of rows whether they are stored just as they are, which is what most rows of an answer are that was asked for
/// again. Compared are bytes, and nothing is made of them.
struct StandingRows: ~Copyable {
  private let statement: DirectStatement
  private let keys: Int32

  /// - Returns: `nil` of a kind whose keys are looked up in other tables.
  init?(_ table: KindTable, in series: StoredSeries, _ db: Database) throws {
    guard table.kind.lookups.isEmpty else { return nil }
    keys = Int32(table.kind.shape.key.count)
    statement = try DirectStatement(
      keptBy: db, "SELECT \(table.values.joined(separator: ", ")) FROM \(table.name) WHERE \(table.isKey)")
    statement.bind(series.id.rawValue, at: 1)
  }

  /// Whether the row is there with these values.
  func has(_ row: FactRow) throws -> Bool {
    defer { statement.rewind() }
    for index in 0..<keys {
      switch row.key.parts[Int(index)] {
      case .instant(let instant): statement.bind(instant.epochSeconds, at: index + 2)
      case .day(let day): statement.bind(day.description, at: index + 2)
      case .text(let text): statement.bind(text, at: index + 2)
      }
    }
    guard try statement.step() else { return false }
    for (index, value) in row.values.enumerated() where !isSame(Int32(index), value) { return false }
    return true
  }

  private func isSame(_ column: Int32, _ value: FigureValue) -> Bool {
    switch value {
    case .absent: statement.isNull(column)
    case .whole(let number): statement.kind(column) == SQLITE_INTEGER && statement.integer(column) == number
    case .number(let number): statement.kind(column) == SQLITE_FLOAT && statement.real(column) == number
    case .text(let text):
      statement.kind(column) == SQLITE_TEXT && text.utf8.elementsEqual(statement.bytes(column))
    }
  }
}
