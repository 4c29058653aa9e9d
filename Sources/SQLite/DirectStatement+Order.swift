import CSQLite

extension DirectStatement {
  /// Which of two rows comes first by its leading columns: negative, zero or positive.
  package borrowing func order(beside other: borrowing DirectStatement, columns: Int32) -> Int {
    for column in 0..<columns {
      let order = order(of: column, beside: other)
      if order != 0 { return order }
    }
    return 0
  }

  /// SQLite's own order: NULL before numbers before text. Numbers are equal only if their bits are.
  package borrowing func order(of column: Int32, beside other: borrowing DirectStatement) -> Int {
    let (a, b) = (kind(column), other.kind(column))
    if a == SQLITE_INTEGER, b == SQLITE_INTEGER {
      let (x, y) = (integer(column), other.integer(column))
      return x < y ? -1 : x > y ? 1 : 0
    }
    if a == SQLITE_FLOAT, b == SQLITE_FLOAT {
      let (x, y) = (real(column), other.real(column))
      return x.bitPattern == y.bitPattern ? 0 : x < y ? -1 : 1
    }
    guard a == b else { return DirectStatement.rank(a) - DirectStatement.rank(b) }
    guard a != SQLITE_NULL else { return 0 }
    let (x, y) = (bytes(column), other.bytes(column))
    return x.elementsEqual(y) ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
  }

  private static func rank(_ kind: Int32) -> Int {
    switch kind {
    case SQLITE_NULL: 0
    case SQLITE_INTEGER: 1
    case SQLITE_FLOAT: 2
    case SQLITE_TEXT: 3
    default: 4
    }
  }
}
