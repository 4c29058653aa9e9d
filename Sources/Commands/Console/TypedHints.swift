import Rendering

/// Commands that a sentence of this process names, as in "`appliance ingest` makes one".
enum TypedHints {
  /// The sentence with each of them as it is typed here.
  ///
  /// - Parameter arguments: for `--home` and `--db`.
  static func applied(to message: String, _ arguments: [String] = Program.arguments) -> String {
    guard message.contains("`\(Program.name) ") else { return message }
    let places = try? GlobalOptions.parse(NameCompletion.placeFlags(arguments))
    return CalledProgram(places).retyped(message)
  }
}

extension CalledProgram {
  init(_ places: GlobalOptions?) {
    let called = Program.arguments.first ?? Program.name
    self.init(Program.name, called: called, home: places?.home, database: places?.db)
  }
}
