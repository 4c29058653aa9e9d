import Market
import Store

extension KeptImport {
  /// What it is for programs.
  ///
  /// - Parameter line: the one that is spoken of; `nil` where its reader did not say.
  package func json(line: Int?) -> JSONValue {
    [
      "name": .string(name), "path": .optional(path), "line": .optional(line.map(Int64.init)),
      "imported_at": .string(receivedAt.description),
    ]
  }
}
