import Queries
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

  /// What to say of a name that no question has.
  static func unknown(_ name: String, _ context: CommandContext) throws -> Failure {
    let names = try context.reader().savedQueries.all().map(\.name)
    let known =
      names.isEmpty
      ? "none is saved yet; `appliance query save NAME 'SELECT …'` keeps one"
      : "there are \(names.joined(separator: ", "))"
    return Failure(.failed, "no question is saved as '\(shown(name))'; \(known)")
  }
}
