import GRDB
import SQLite
import Testing

@testable import Store

@Suite struct RowSignatureTests {
  private func signature(_ rows: [String]) throws -> TableContent {
    let store = try Store.scratch()
    try store.queue.writeWithoutTransaction { db in
      try db.execute(sql: "CREATE TABLE t (k INTEGER PRIMARY KEY, a ANY, b ANY) STRICT")
      for row in rows { try db.execute(sql: "INSERT INTO t (k, a, b) VALUES (\(row))") }
    }
    return try store.contents(of: ["t"])[0]
  }

  @Test func `the order in which rows are read does not matter, their values do`() throws {
    var one = RowSignature(), two = RowSignature()
    let rows = (0..<5 as Range<UInt64>).map { number in
      var row = RowSignature.Row()
      row.add(number, mark: 1)
      return row
    }
    rows.forEach { one.add($0) }
    rows.reversed().forEach { two.add($0) }
    #expect(one == two)
    rows.prefix(1).forEach { two.add($0) }
    #expect(one != two)
  }

  @Test func `signatures of parts add up`() throws {
    let (a, b) = (try signature(["1, 'x', 2.5"]), try signature(["2, NULL, x'00'"]))
    #expect(a.signature + b.signature == (try signature(["1, 'x', 2.5", "2, NULL, x'00'"]).signature))
  }

  @Test(arguments: [
    ["1, 'x', 'y'"], ["1, 'xy', ''"], ["1, '', 'xy'"], ["1, x'78', 'y'"], ["1, NULL, 'y'"], ["1, 0, 'y'"],
    ["1, 0.5, 'y'"], ["1, 'x', 'y'", "2, NULL, NULL"], [], ["2, 'x', 'y'"], ["1, 'y', 'x'"],
    ["1, 'abcdefgh', 'y'"], ["1, 'abcdefg', 'hy'"],
  ])
  func `other values have another signature`(rows: [String]) throws {
    let usual = try signature(["1, 'x', 'z'"])
    let other = try signature(rows)
    #expect(other.signature != usual.signature)
    #expect(other.sha256 != usual.sha256)
  }

  @Test func `it prints as 32 digits`() throws {
    #expect(RowSignature().description == String(repeating: "0", count: 32))
    #expect(try signature(["1, 2, 3"]).signature.description.utf8.count == 32)
  }
}
