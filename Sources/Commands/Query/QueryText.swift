import Following
import Queries
import Rendering
import Schema
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the text of a question comes from.
enum QueryText {
  /// The argument itself, or for `-` standard input, of which no more is read than a question may have.
  static func read(_ argument: String) throws -> String {
    guard argument == "-" else { return argument }
    let limit = QueryLimits().sqlBytes
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while content.count <= limit {
      #if canImport(Glibc)
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      #else
        let count = Darwin.read(STDIN_FILENO, &buffer, buffer.count)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      content += buffer.prefix(count)
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw Failure(.failed, "the question on standard input is not UTF-8; save it as UTF-8 and ask again")
    }
    return text
  }

  /// The error, with the names that may have been meant by one that there is not.
  static func failure(_ error: QueryError) -> any Error {
    guard case .syntax(let message, _) = error else { return error }
    let tables = NamedDataset.all.map(\.name)
    let columns = NamedDataset.all.flatMap { $0.columns.map(\.name) }
    for (start, names) in [("no such table: ", tables), ("no such column: ", Array(Set(columns)).sorted())]
    where message.hasPrefix(start) {
      let name = message.dropFirst(start.count).split(separator: ".").last.map(String.init) ?? ""
      let meant = meantText(name, among: names)
      return meant.isEmpty ? error : Failure(.failed, "\(message)\(meant). \(QueryText.whereNamesStand)")
    }
    return error
  }

  private static let whereNamesStand =
    "Names are listed by: SELECT name, sql FROM sqlite_schema; texts stand in single quotes"

  /// What to say of a name that no question has.
  static func unknown(_ name: String, _ context: CommandContext) throws -> Failure {
    let names = try context.reader().savedQueries.all().map(\.name)
    let known =
      names.isEmpty
      ? "none is saved yet; `appliance query save NAME 'SELECT …'` keeps one"
      : "there are \(names.joined(separator: ", "))"
    return Failure(.failed, "no question is saved as '\(shown(name))'\(meantText(name, among: names)); \(known)")
  }
}
