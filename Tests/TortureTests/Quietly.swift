import Support

/// Runs a program to its end, without its words; throws when it fails.
func runQuietly(_ command: [String]) throws {
  let code = try ChildProgram(["/usr/bin/env"] + command).waitForEnd()
  guard code == 0 else { throw Record.Fault(description: "\(command.joined(separator: " ")) ended with \(code)") }
}
