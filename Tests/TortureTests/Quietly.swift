import Foundation

/// Runs a program to its end, without its words; throws when it fails.
func runQuietly(_ command: [String]) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }
  try process.run()
  ended.wait()
  guard process.terminationStatus == 0 else {
    throw Record.Fault(description: "\(command.joined(separator: " ")) ended with \(process.terminationStatus)")
  }
}
