import ArgumentParser
import Following
import Formats
import Market
import Queries
import Rendering
import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exit codes of every command.
package enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case partly = 3
  case keyMissing = 4
  case unreachable = 5
  case gate = 6
  case integrity = 7
  case noDatabase = 10
  case locked = 11
  /// Of `calendar --check`: the market is closed.
  case closed = 20
  case usage = 64
  case interrupted = 130
}

/// A command that ends otherwise than well: the code for programs, the message for people.
package struct Failure: Error {
  /// With what the program ends.
  package let status: ExitStatus
  /// What went wrong, where, and what to do; empty when everything was said already.
  let message: String

  /// - Parameter message: what went wrong, where, and what to do; empty when everything was said already.
  package init(_ status: ExitStatus, _ message: String = "") {
    self.status = status
    self.message = message
  }
}

extension Failure: CustomStringConvertible {
  /// The message.
  package var description: String { message }
}

/// Ends the process with the code of a command. The one place where errors become codes.
package enum Exit {
  /// Ends it because of an error.
  ///
  /// - Parameters:
  ///   - arguments: of the process, for whether `--json` is among them.
  ///   - root: the command that all others belong to; it knows how to word what is wrong with arguments.
  package static func now(_ error: any Error, _ arguments: [String], of root: any ParsableCommand.Type) -> Never {
    switch error {
    case let failure as Failure:
      say(failure.message, failure.status, arguments)
    case let error as StoreError:
      say(error.description, status(of: error), arguments)
    case let error as NotFollowed:
      say(error.description, error.isUsage ? .usage : .failed, arguments)
    case let error as QueryError:
      say(error.description, .failed, arguments)
    case let error as FileError:
      if case .closedPipe = error { Exit.now(.done) }
      say("\(error)", .failed, arguments)
    default:
      finish(parsing: error, of: root, arguments)
    }
  }

  static func status(of error: StoreError) -> ExitStatus {
    switch error {
    case .noDatabase: .noDatabase
    case .locked: .locked
    case _ where error.isIntegrity: .integrity
    default: .failed
    }
  }

  /// Help and version go to standard output; wrong usage and everything unforeseen to standard error.
  private static func finish(
    parsing error: any Error, of root: any ParsableCommand.Type, _ arguments: [String]
  ) -> Never {
    do { try UnknownCommand.check(arguments, of: root) } catch let failure as Failure {
      say(failure.message, failure.status, arguments)
    } catch {}
    let error = withoutFlags(error, of: root, arguments)
    let code = root.exitCode(for: error).rawValue
    // The parser repeats arguments as they came, among lines of its own.
    let values = arguments.flatMap { [$0] + $0.split(separator: "=", maxSplits: 1).dropFirst().map(String.init) }
    let text = values.filter { TerminalText.escaped($0) != $0 }.sorted { $0.count > $1.count }
      .reduce(root.fullMessage(for: error)) { $0.replacing($1, with: TerminalText.escaped($1)) }
    if code == 0 { Exit.now(after: text, arguments) }
    let isUsage = code == ExitStatus.usage.rawValue
    say(isUsage ? UsageMessage.line(text) : text, isUsage ? .usage : .failed, arguments)
  }

  /// What would be told without `--json` and its like, where the parser stumbles over these before what is wrong.
  private static func withoutFlags(
    _ error: any Error, of root: any ParsableCommand.Type, _ arguments: [String]
  ) -> any Error {
    let stumbles = arguments.contains {
      root.message(for: error).hasPrefix("Unknown option '\($0)'") && GlobalOptions.isFlag($0)
    }
    guard stumbles else { return error }
    do {
      let command = try root.parseAsRoot(UnknownCommand.withoutGlobalFlags(arguments))
      // A group of commands, and the program by itself, prints what there is in it.
      return type(of: command).configuration.subcommands.isEmpty ? error : CleanExit.helpRequest(command)
    } catch let other {
      return other
    }
  }

  private static func say(_ message: String, _ status: ExitStatus, _ arguments: [String]) -> Never {
    let message = TypedHints.applied(to: message, arguments)
    if arguments.contains("--json"), !message.isEmpty {
      let value: JSONValue = [
        "version": 1, "outcome": "failed", "exit": .integer(Int64(status.rawValue)), "error": .string(message),
      ]
      do throws(FileError) { try Console.output(value.compact + "\n") } catch {
        // The object does not get through, and it may be just that which it tells.
        if case .closedPipe = error {} else { Console.error("appliance: \(message)") }
      }
    } else if !message.isEmpty {
      Console.error("appliance: \(message)")
    }
    Exit.now(status)
  }

  /// Ends well after a text on standard output.
  package static func now(after text: String, _ arguments: [String]) -> Never {
    do throws(FileError) { try Console.output(text + "\n") } catch {
      // A reader who closed the pipe has seen enough.
      guard case .closedPipe = error else { say("\(error)", .failed, arguments) }
    }
    Exit.now(.done)
  }

  /// Ends it with a code, everything being said.
  package static func now(_ status: ExitStatus) -> Never {
    exit(status.rawValue)
  }
}
