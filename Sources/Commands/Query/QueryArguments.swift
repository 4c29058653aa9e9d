import ArgumentParser
import Market
import Queries
import Rendering
import Store

/// The flags of whatever answers a question.
struct QueryArguments: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, ndjson, md

    var rows: RowFormat {
      switch self {
      case .table: .table
      case .csv: .csv
      case .json: .json
      case .ndjson: .ndjson
      case .md: .md
      }
    }
  }

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Where to write, packed if it ends in .gz; - is standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The value of :name in the question. A plain number is a number, NULL is null, all else is text; "
        + "in single quotes it is text in any case.", valueName: "name=value"))
  var parameter: [String] = []

  @Option(name: .long, help: ArgumentHelp("How rows are written.", valueName: "format"))
  var format: Format?

  @Option(
    name: .long,
    help: ArgumentHelp("At most this many rows; unless given, 10000, and all of them into a file.", valueName: "count"))
  var limit: Int?

  /// So many rows are enough for a screen.
  static let rowsOnOutput = 10_000

  @Option(name: .long, help: ArgumentHelp("At most this long.", valueName: "seconds"))
  var timeout: Double = 5

  @OptionGroup var past: AsOfOption

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit): at least 1") }
    guard timeout.isFinite, timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout \(timeout): more than 0, at most 86400 seconds")
    }
  }

  /// The values by name.
  func values() throws -> [String: QueryValue] {
    var values: [String: QueryValue] = [:]
    for text in parameter {
      guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")), sign > text.startIndex else {
        throw Failure(.usage, "-p \(shown(text)): write name=value, such as -p day=2025-09-19")
      }
      var name = text[..<sign]
      if let first = name.first, ":@$".contains(first) { name = name.dropFirst() }
      guard
        values.updateValue(QueryValue(typed: String(text[text.utf8.index(after: sign)...])), forKey: String(name))
          == nil
      else { throw Failure(.usage, "-p \(shown(String(name))) is there twice; leave one away") }
    }
    return values
  }
}
