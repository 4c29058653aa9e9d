/// Commands that an error names in its sentence, as in "`appliance ingest` makes one".
enum TypedHints {
  /// The sentence with each command between backticks as it is typed where this process was: the program by the name or
  /// path it was called by, and the places that were given. Help is the same everywhere and is asked without them.
  ///
  /// - Parameters:
  ///   - called: how the program was called.
  ///   - arguments: of the process, for `--home` and `--db`.
  static func applied(to message: String, called: String, _ arguments: [String]) -> String {
    let opening = "`\(Program.name) "
    guard message.contains(opening) else { return message }
    let places = try? GlobalOptions.parse(NameCompletion.placeFlags(arguments))
    var parts = message.split(separator: opening, omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices.dropFirst() {
      guard let end = parts[index].firstIndex(of: "`") else {
        parts[index] = opening + parts[index]
        continue
      }
      let words = String(parts[index][..<end])
      let isHelp = words.hasSuffix(" --help")
      let typed = CommandContext.typed(
        words, by: called, home: isHelp ? nil : places?.home, database: isHelp ? nil : places?.db)
      parts[index] = "`" + typed + parts[index][end...]
    }
    return parts.joined()
  }
}
