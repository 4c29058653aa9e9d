import Foundation
import GRDB
import SQLite
import Support
import Testing

@testable import Store

@Suite struct DatabaseHeaderTests {
  private func scratch() throws -> String {
    let folder = NSTemporaryDirectory() + "header-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder + "/file.db"
  }

  @Test func `a file that SQLite made says mark, version and whether there is a table`() throws {
    let path = try scratch()
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 7") }
    let bare = try #require(DatabaseHeader(path))
    #expect(bare.isDatabase && !bare.isCut && bare.hasNoTables)
    #expect((bare.mark, bare.version) == (0, 7))
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "CREATE TABLE t (a); PRAGMA application_id = -2; PRAGMA user_version = 70000")
    }
    let filled = try #require(DatabaseHeader(path))
    #expect(!filled.hasNoTables)
    #expect((filled.mark, filled.version) == (-2, 70000))
  }

  @Test func `many tables do not fit on the first page, which is no leaf any more`() throws {
    let path = try scratch()
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      for number in 0..<200 { try db.execute(sql: "CREATE TABLE t\(number) (a, b, c)") }
    }
    #expect(try #require(DatabaseHeader(path)).hasNoTables == false)
  }

  @Test func `an empty file is a database without anything in it`() throws {
    let path = try scratch()
    try Data().write(to: URL(fileURLWithPath: path))
    let header = try #require(DatabaseHeader(path))
    #expect(header.isDatabase && header.hasNoTables && !header.isCut)
    #expect((header.mark, header.version) == (0, 0))
  }

  @Test(arguments: [1, 15, 16, 99, 107])
  func `a file that ends within its first page is cut, not foreign`(length: Int) throws {
    let path = try scratch()
    let bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 100)
    try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: path))
    let header = try #require(DatabaseHeader(path))
    #expect(header.isDatabase == (length >= 16))
    #expect(header.isCut)
  }

  @Test func `a file that is not there cannot be read`() throws {
    #expect(DatabaseHeader(try scratch()) == nil)
  }
}
