import Queries
import Rendering
import Schema

extension DatasetFilter {
  /// What is wrong with the condition, in terms of what was typed: places in the question that we made of it mean nothing
  /// to anybody.
  func failure(_ error: QueryError, of dataset: NamedDataset) -> Failure {
    let columns = dataset.withEveryColumn.columns.map(\.name)
    guard case .syntax(let message, _) = error else { return Failure(.failed, "--where \"\(shown(sql))\": \(error)") }
    // The bracket that ends our question is none that was typed.
    let endsEarly = message.hasPrefix("near \")\"") && !sql.utf8.contains(UInt8(ascii: ")"))
    let what = endsEarly ? "it ends too early" : message
    let name = message.hasPrefix("no such column: ") ? String(message.dropFirst("no such column: ".count)) : ""
    return Failure(
      .failed,
      "--where \"\(shown(sql))\": \(what)\(meantText(name, among: columns)); the columns are "
        + columns.joined(separator: ", "))
  }
}
