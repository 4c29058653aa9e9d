import Rendering

extension CommandContext {
  /// A command as it is typed where this one was: the program by the name or path it was called by, and the places that
  /// were given, so that it speaks of the same record.
  ///
  /// - Parameter words: the command and its flags: `ingest --retry-failed`.
  package func typed(_ words: String) -> String {
    let called = Program.arguments.first ?? Program.name
    return CommandContext.typed(words, by: called, home: options.home, database: options.db)
  }

  /// - Parameter called: how the program was called; one that was found in `PATH` is named.
  static func typed(_ words: String, by called: String, home: String?, database: String?) -> String {
    let program = called.contains("/") ? shellWord(called) : Program.name
    let places = [("--home", home), ("--db", database)].flatMap { flag, place in
      place.map { [flag, shellWord($0)] } ?? []
    }
    return ([program, words] + places).joined(separator: " ")
  }

  /// Tells how a command ended: a result for people, which `--quiet` leaves out. What did not end well it tells all the
  /// same, where errors are told.
  package func tell(_ status: ExitStatus, _ text: (TextStyle) -> String) throws {
    if !options.quiet {
      try Console.output(lines: text(console.style))
    } else if status != .done {
      Console.error(lines: String(text(.plain).dropLast()))
    }
  }
}
