import CSQLite
import GRDB
import Market
import SQLite

/// The rows of a series as they stand, each found by its key: most rows of an answer that was asked for again are stored
/// just as they are, and most others are new. Compared are bytes, and nothing is made of them.
struct StandingRows: ~Copyable {
  private let statement: DirectStatement
  private let insert: DirectStatement
  private let keys: Int32
  /// Which values are compared, by their place.
  private let compared: [Bool]

  /// How a row stands.
  enum Look { case same, other, missing }

  /// - Returns: `nil` of a kind whose keys are looked up in other tables.
  init?(_ table: KindTable, in series: StoredSeries, _ db: Database) throws {
    guard table.kind.lookups.isEmpty else { return nil }
    let statement = try DirectStatement(
      keptBy: db, "SELECT \(table.values.joined(separator: ", ")) FROM \(table.name) WHERE \(table.isKey)")
    let insert = try DirectStatement(keptBy: db, table.insertion)
    statement.bind(series.id.rawValue, at: 1)
    insert.bind(series.id.rawValue, at: 1)
    keys = Int32(table.kind.shape.key.count)
    compared = table.kind.isCompared
    self.statement = statement
    self.insert = insert
  }

  /// Whether a row is there, with these values or with others.
  func look(at row: FactRow) throws -> Look {
    defer { statement.rewind() }
    bindKey(of: row, to: statement)
    guard try statement.step() else { return .missing }
    for (index, value) in row.values.enumerated() where compared[index] && !isSame(Int32(index), value) {
      return .other
    }
    return .same
  }

  /// Writes a row that is missing.
  func add(_ row: FactRow, from fetch: FetchID) throws {
    bindKey(of: row, to: insert)
    var place = keys + 2
    for value in row.values {
      switch value {
      case .number(let number): insert.bind(number, at: place)
      case .whole(let number): insert.bind(number, at: place)
      case .text(let text): insert.bind(text, at: place)
      case .absent: insert.unbind(place)
      }
      place += 1
    }
    insert.bind(fetch.rawValue, at: place)
    try insert.run()
  }

  private func bindKey(of row: FactRow, to statement: borrowing DirectStatement) {
    for index in 0..<keys {
      switch row.key.parts[Int(index)] {
      case .instant(let instant): statement.bind(instant.epochSeconds, at: index + 2)
      case .day(let day): statement.bind(day.description, at: index + 2)
      case .text(let text): statement.bind(text, at: index + 2)
      }
    }
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
