import Rendering

extension CommandContext {
  /// A command as it is typed where this one was: the program by the name or path it was called by, and the places that
  /// were given, so that it speaks of the same record.
  ///
  /// - Parameter words: the command and its flags: `ingest --retry-failed`.
  package func typed(_ words: String) -> String { CalledProgram(options).typed(words) }

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
