import CSQLite
import Foundation
import Market

@testable import Queries
@testable import Store

/// A file with rows of every kind, to be asked.
struct AskedRecord {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws {
    try self.init { rig in
      try rig.store(.bars((0..<48).map { Bar(hour: $0, close: 100 + Double($0)) }), of: Known.bars)
      try rig.store(
        .sentiment([SentimentValue(day: .number(0), value: 40, classification: "Fear, \"so\"")]), of: Known.mood)
    }
  }

  init(filledBy fill: (Rig) throws -> Void) throws {
    folder = try TemporaryFolder()
    let store = try Store.writing(path, command: "test")
    try fill(try Rig(store))
    store.close()
  }

  /// The bytes of the file and of its log.
  func bytes() throws -> [Data] {
    try ["", "-wal"].map { suffix in
      let file = URL(fileURLWithPath: path + suffix)
      return FileManager.default.fileExists(atPath: file.path) ? try Data(contentsOf: file) : Data()
    }
  }

  /// What the door answers: the names of the columns, then the rows, their cells joined by bars; null is `∅`.
  func ask(_ sql: String, _ parameters: [String: QueryValue] = [:], limits: QueryLimits = QueryLimits()) throws
    -> [String]
  {
    try ask(GuardedQuery(path, limits: limits), Query(sql, parameters: parameters))
  }

  func ask(_ door: GuardedQuery, _ query: Query) throws -> [String] {
    let lines = Lines()
    try door.answer(query) { columns in
      lines.all.append(columns.map(\.name).joined(separator: "|"))
      return lines
    }
    return lines.all
  }

  /// Takes rows as lines.
  final class Lines: RowReceiver {
    var all: [String] = []
    private var cells: [String] = []

    func integer(_ value: Int64) { cells.append("\(value)") }
    func real(_ value: Double) { cells.append("\(value)") }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) { cells.append(String(decoding: bytes, as: UTF8.self)) }
    func instant(_ value: Instant) { cells.append("\(value)") }
    func null() { cells.append("∅") }
    func endRow() {
      all.append(cells.joined(separator: "|"))
      cells = []
    }
  }
}
