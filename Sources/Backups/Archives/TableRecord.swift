import Formats
import Market
import Rendering
import SQLite
import Store

/// A table's content as manifests and proofs write it.
struct TableRecord: Hashable, Sendable {
  let name: String
  let rows: Int
  /// Of the rows in the order of their key.
  let sha256: String
  /// Of the rows in any order; `nil` in what was written before there was one.
  let signature: String?

  init(name: String, rows: Int, sha256: String, signature: String? = nil) {
    self.name = name
    self.rows = rows
    self.sha256 = sha256
    self.signature = signature
  }

  var json: JSONValue {
    .object(
      [("name", .string(name)), ("rows", .integer(Int64(rows))), ("sha256", .string(sha256))]
        + (signature.map { [("signature", .string($0))] } ?? []))
  }
}

extension TableRecord {
  init(_ content: TableContent) {
    self.init(
      name: content.name, rows: content.rows, sha256: content.sha256.hexadecimal,
      signature: content.signature.description)
  }

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    try fields.read(&cursor)
    self.init(
      name: try fields.text("name"), rows: try fields.number("rows"), sha256: try fields.text("sha256"),
      signature: fields.textIfAny("signature"))
  }

  /// How `found` differs from `expected`, naming the table; `nil` where it does not.
  static func difference(_ found: [TableRecord], from expected: [TableRecord]) -> String? {
    let known = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }
    for table in expected {
      guard let other = known[table.name] else { return "table \(table.name) is missing" }
      if let difference = other.difference(from: table) { return difference }
    }
    let names = Set(expected.map(\.name))
    return found.first { !names.contains($0.name) }.map { "table \($0.name) does not belong there" }
  }

  private func difference(from expected: TableRecord) -> String? {
    if rows != expected.rows { return "table \(name) has \(rows) rows instead of \(expected.rows)" }
    // A record of an older archive has none.
    if let signature, let wanted = expected.signature, signature != wanted { return "table \(name) holds other values" }
    if sha256 == expected.sha256 { return nil }
    let isSame = signature != nil && signature == expected.signature
    return "table \(name) holds " + (isSame ? "the same rows in another order" : "other values")
  }
}
