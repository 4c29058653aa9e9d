import Foundation

/// Feeds spoilt bytes to every reader of foreign bytes, each in a process of its own, so that a trap is seen and told:
///
///     fuzz run [NAME…] [--seconds 60 | --inputs 1000] [--seed 1] [--jobs 2]
///     fuzz one NAME --seed S --input N [--show]     the same input again, in this process
///     fuzz list
@main
struct Fuzz {
  static func main() {
    do {
      var arguments = try FuzzArguments(Array(CommandLine.arguments.dropFirst()))
      switch arguments.verb {
      case "list": for target in FuzzTarget.all { tell(target.name) }
      case "run": exit(try FuzzRun(arguments).perform() ? 0 : 1)
      case "feed": try FuzzFeed(arguments).perform()
      case "one": try FuzzFeed(arguments).once()
      default: throw FuzzUsage(description: "fuzz list | run [NAME…] [--seconds N | --inputs N] [--seed S] [--jobs N]")
      }
      arguments.names = []
    } catch {
      tell("\(error)")
      exit(64)
    }
  }
}

struct FuzzUsage: Error, CustomStringConvertible {
  let description: String
}

/// A verb, names of targets, and numbers behind flags.
struct FuzzArguments {
  var verb = ""
  var names: [String] = []
  private var numbers: [String: UInt64] = [:]
  private(set) var mark = ""
  private(set) var shows = false

  init(_ words: [String]) throws {
    var rest = words[...]
    verb = rest.popFirst() ?? ""
    while let word = rest.popFirst() {
      switch word {
      case "--seconds", "--inputs", "--seed", "--jobs", "--input":
        guard let number = rest.popFirst().flatMap({ UInt64($0) }) else {
          throw FuzzUsage(description: "\(word) takes a number")
        }
        numbers[word] = number
      case "--mark": mark = rest.popFirst() ?? ""
      case "--show": shows = true
      default: names.append(word)
      }
    }
  }

  func number(_ flag: String) -> UInt64? { numbers[flag] }
  var seed: UInt64 { numbers["--seed"] ?? 1 }

  func targets() throws -> [FuzzTarget] {
    if names.isEmpty { return FuzzTarget.all }
    return try names.map { name in
      guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        throw FuzzUsage(description: "there is no target '\(name)'; `fuzz list` names them")
      }
      return target
    }
  }
}

/// A line on standard output, at once: a child may fall before anything is flushed.
func tell(_ words: some CustomStringConvertible) {
  FileHandle.standardOutput.write(Data("\(words)\n".utf8))
}
