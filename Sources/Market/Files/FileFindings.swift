/// What was found out about a file when it was imported, by name: its delimiter, where its rows begin, its columns, the
/// form of its numbers. A replay follows it and looks at nothing again.
///
/// Whoever reads the files knows what the names mean; a record keeps them as they are.
package struct FileFindings: Hashable, Sendable {
  /// The texts by their names.
  package private(set) var texts: [String: String] = [:]

  /// Nothing found yet.
  package init() {}

  /// Whether nothing was found out yet.
  package var isEmpty: Bool { texts.isEmpty }

  /// What was found under a name; `nil` where nothing was.
  package subscript(name: String) -> String? {
    get { texts[name] }
    set { texts[name] = newValue }
  }
}

extension FileFindings {
  private static let prefix = "found-"

  /// As items of a question, in the order of their names; the reverse of `init(query:)`.
  package var query: [QueryItem] {
    texts.sorted { $0.key < $1.key }.map { QueryItem(FileFindings.prefix + $0.key, $0.value) }
  }

  /// Those of the items that are findings.
  package init(query: [QueryItem]) {
    for item in query where item.name.hasPrefix(FileFindings.prefix) {
      texts[String(item.name.dropFirst(FileFindings.prefix.count))] = item.value
    }
  }
}
