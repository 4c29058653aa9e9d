import Formats
import Rendering
import Store

/// A table's content as manifests and proofs write it.
struct TableRecord: Hashable, Sendable {
  let name: String
  let rows: Int
  let sha256: String

  var json: JSONValue {
    .object([("name", .string(name)), ("rows", .integer(Int64(rows))), ("sha256", .string(sha256))])
  }
}

extension TableRecord {
  init(_ content: TableContent) {
    self.init(name: content.name, rows: content.rows, sha256: hexadecimal(content.sha256))
  }

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    try fields.read(&cursor)
    self.init(name: try fields.text("name"), rows: try fields.number("rows"), sha256: try fields.text("sha256"))
  }

  /// How `found` differs from `expected`, naming the table; `nil` where it does not.
  static func difference(_ found: [TableRecord], from expected: [TableRecord]) -> String? {
    let known = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }
    for table in expected {
      guard let other = known[table.name] else { return "table \(table.name) is missing" }
      if other.rows != table.rows { return "table \(table.name) has \(other.rows) rows instead of \(table.rows)" }
      if other.sha256 != table.sha256 { return "table \(table.name) holds other values" }
    }
    let names = Set(expected.map(\.name))
    return found.first { !names.contains($0.name) }.map { "table \($0.name) does not belong there" }
  }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
