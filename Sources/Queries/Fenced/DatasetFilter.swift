import Datasets
import Market
import Schema
import Store

/// A condition on the columns of a dataset, in SQL that somebody typed: `close > 100000`.
///
/// It is put through the door for questions, in a process of its own, like any other question.
package struct DatasetFilter: Hashable, Sendable {
  /// One expression by itself, as it was typed.
  package let sql: String

  /// - Throws: `QueryError.refused` where it is not one expression by itself.
  package init(_ sql: String) throws(QueryError) {
    guard DatasetFilter.isBalanced(Array(sql.utf8)) else {
      throw .refused(
        "it is not one condition on the dataset's columns, such as \"close > 100000\"; "
          + "close every bracket and quote in it, and leave ; and comments away")
    }
    self.sql = sql
  }

  /// Whether brackets and quotes close within it, and nothing ends the statement: it cannot leave the brackets that it
  /// is put into.
  private static func isBalanced(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    var index = 0
    var isEmpty = true
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ";"), 0: return false
      case UInt8(ascii: "-") where next == byte, UInt8(ascii: "/") where next == UInt8(ascii: "*"): return false
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["):
        let closing = byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : byte
        guard let end = bytes[(index + 1)...].firstIndex(of: closing) else { return false }
        index = end
      default: break
      }
      if depth < 0 { return false }
      if byte > UInt8(ascii: " ") { isEmpty = false }
      index += 1
    }
    return depth == 0 && !isEmpty
  }
}

extension DatasetReader {
  /// The rows of a dataset for which a condition holds, in the order of its key.
  ///
  /// - Parameters:
  ///   - filter: in terms of the dataset's columns as they are exported: instants and days are texts.
  ///   - record: what this reads; the rows come from a process of its own, as of the moment at which it begins, or of
  ///     the instant that the record is shown of.
  ///   - program: as `ConfinedQuery` has it.
  /// - Returns: how many rows were handed over.
  /// - Throws: `QueryError`, `StoreError`, and what the receiver throws.
  package func rows(
    of dataset: NamedDataset, _ selection: RowSelection, where filter: DatasetFilter, in record: Store, program: String,
    into receiver: any RowReceiver
  ) throws -> Int {
    let statements = try statements(of: dataset, selection, where: filter.sql)
    guard !statements.isEmpty else { return 0 }
    var limits = QueryLimits(rows: nil, time: nil)
    // A statement of ours is longer than the condition in it.
    limits.sqlBytes += 20_000 + dataset.restatedBytes
    let asked = try ConfinedQuery(
      statements.map { Query($0) }, of: record.path, asOf: record.asOf, limits: limits, program: program)
    return try asked.answer { _ in receiver }.rows
  }
}
