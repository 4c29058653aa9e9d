/// How this program was called and which places it was given: with these a command that it names is typed, so that it works
/// where it is read and speaks of the same record.
package struct CalledProgram: Hashable, Sendable {
  private let name: String
  private let called: String
  private let home: String?
  private let database: String?

  /// - Parameters:
  ///   - name: of the program, as it is found in `PATH`.
  ///   - called: the word by which it was called: its name, or a path.
  ///   - home: as it was given; `nil` where none was.
  ///   - database: as it was given; `nil` where none was.
  package init(_ name: String, called: String, home: String?, database: String?) {
    (self.name, self.called, self.home, self.database) = (name, called, home, database)
  }

  /// A command and its flags, such as `ingest --retry-failed`, as it is typed here.
  package func typed(_ words: String) -> String {
    let program = called.contains("/") ? shellWord(called) : name
    let places = [("--home", home), ("--db", database)].flatMap { flag, place in
      place.map { [flag, shellWord($0)] } ?? []
    }
    return ([program, words] + places).joined(separator: " ")
  }

  /// A sentence with each command that it names between backticks, as in "`appliance ingest` makes one", typed so. Help is
  /// the same everywhere and is asked without places.
  package func retyped(_ sentence: String) -> String {
    let opening = "`\(name) "
    var parts = sentence.split(separator: opening, omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices.dropFirst() {
      guard let end = parts[index].firstIndex(of: "`") else {
        parts[index] = opening + parts[index]
        continue
      }
      let words = String(parts[index][..<end])
      let anywhere = CalledProgram(name, called: called, home: nil, database: nil)
      parts[index] = "`" + (words.hasSuffix(" --help") ? anywhere : self).typed(words) + parts[index][end...]
    }
    return parts.joined()
  }
}
