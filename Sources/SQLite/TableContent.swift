import CSQLite
import Crypto
import GRDB

/// What a table holds, in a form that two files can be compared by.
package struct TableContent: Hashable, Sendable {
  /// As the file spells the table.
  package let name: String
  /// How many rows it has.
  package let rows: Int
  /// SHA-256 of the names of its columns and of every value, in the order of the primary key; 32 bytes.
  ///
  /// Equal values of equal types in equal columns give equal hashes, wherever in the file they lie.
  package let sha256: [UInt8]
  /// Of the rows in whatever order they come.
  package let signature: RowSignature

  /// The content of one table; `sha256` must have 32 bytes.
  package init(name: String, rows: Int, sha256: [UInt8], signature: RowSignature) {
    self.name = name
    self.rows = rows
    self.sha256 = sha256
    self.signature = signature
  }
}

extension Database {
  /// The names of all tables but those that SQLite keeps for itself, in order. A virtual one holds nothing itself; what it
  /// is made of is in tables of their own.
  package func tables() throws -> [String] {
    try String.fetchAll(
      self,
      sql: """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
        """)
  }

  /// The content of a table, read in the order of its key.
  package func content(of table: String) throws -> TableContent {
    let columns = try Row.fetchAll(
      self, sql: "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", arguments: [table]
    ).map { (name: $0["name"] as String, keyPart: $0["pk"] as Int) }
    let key = columns.filter { $0.keyPart > 0 }.sorted { $0.keyPart < $1.keyPart }.map { $0.name.quotedForSQL }
    let order = key.isEmpty ? "rowid" : key.joined(separator: ", ")
    let selection = columns.map(\.name.quotedForSQL).joined(separator: ", ")
    var hash = ContentHash()
    columns.forEach { hash.add(name: $0.name) }
    let rows = try hash.addRows(
      of: try DirectStatement(self, "SELECT \(selection) FROM \(table.quotedForSQL) ORDER BY \(order)"))
    return TableContent(name: table, rows: rows, sha256: hash.finish(), signature: hash.signature)
  }
}

extension String {
  /// As the name of a table or a column in a statement, whatever is in it.
  package var quotedForSQL: String {
    "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// The running hash of a table: every value behind a mark of its type, text and blobs behind their length besides. The
/// signature of its rows is kept along with it, so that they are read once.
private struct ContentHash {
  /// Of the rows so far.
  private(set) var signature = RowSignature()
  private var row = RowSignature.Row()
  private var emptyRow = RowSignature.Row()
  private var hash = SHA256()
  /// What is not hashed yet: the first bytes of an array that never changes its length, as appending looks at it each time.
  private var pending = [UInt8](repeating: 0, count: capacity)
  private var filled = 0
  private static let capacity = 64 << 10

  mutating func add(name: String) {
    var name = name
    name.withUTF8 {
      add(UnsafeRawBufferPointer($0), mark: SQLITE_TEXT)
      emptyRow.add(UnsafeRawBufferPointer($0), mark: SQLITE_TEXT)
    }
  }

  /// - Returns: how many rows there were.
  mutating func addRows(of statement: borrowing DirectStatement) throws -> Int {
    var rows = 0
    let columns = statement.columnCount
    while try statement.step() {
      row = emptyRow
      for column in 0..<columns { add(statement, column) }
      signature.add(row)
      rows += 1
    }
    return rows
  }

  mutating func finish() -> [UInt8] {
    flush()
    return Array(hash.finalize())
  }

  @inline(__always)
  private mutating func add(_ statement: borrowing DirectStatement, _ column: Int32) {
    switch statement.kind(column) {
    case SQLITE_INTEGER: addWord(UInt64(bitPattern: statement.integer(column)), mark: SQLITE_INTEGER)
    case SQLITE_FLOAT: addWord(statement.real(column).bitPattern, mark: SQLITE_FLOAT)
    case SQLITE_TEXT: addBytes(statement.bytes(column), mark: SQLITE_TEXT)
    case SQLITE_BLOB: addBytes(statement.bytes(column), mark: SQLITE_BLOB)
    default:
      if filled == Self.capacity { flush() }
      pending[filled] = UInt8(truncatingIfNeeded: SQLITE_NULL)
      filled &+= 1
      row.add(0, mark: SQLITE_NULL)
    }
  }

  @inline(__always)
  private mutating func addWord(_ word: UInt64, mark: Int32) {
    add(word, mark: mark)
    row.add(word, mark: mark)
  }

  private mutating func addBytes(_ bytes: UnsafeRawBufferPointer, mark: Int32) {
    add(bytes, mark: mark)
    row.add(bytes, mark: mark)
  }

  @inline(__always)
  private mutating func add(_ word: UInt64, mark: Int32) {
    if filled > Self.capacity &- 16 { flush() }
    let start = filled
    pending.withUnsafeMutableBytes { bytes in
      bytes[start] = UInt8(truncatingIfNeeded: mark)
      bytes.storeBytes(of: word.littleEndian, toByteOffset: start &+ 1, as: UInt64.self)
    }
    filled &+= 9
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer, mark: Int32) {
    add(UInt64(bytes.count), mark: mark)
    if bytes.count > Self.capacity / 4 {
      flush()
      hash.update(bufferPointer: bytes)
    } else {
      if filled + bytes.count > Self.capacity { flush() }
      let start = filled
      pending.withUnsafeMutableBytes { UnsafeMutableRawBufferPointer(rebasing: $0[start...]).copyMemory(from: bytes) }
      filled += bytes.count
    }
  }

  private mutating func flush() {
    let count = filled
    pending.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    filled = 0
  }
}
