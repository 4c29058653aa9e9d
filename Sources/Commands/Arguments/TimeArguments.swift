import ArgumentParser
import Market

extension Moment: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension TimeSpan: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Interval: ExpressibleByArgument {
  /// As people write it: `5m`, `60min`, `hour`.
  public init?(argument: String) { self.init(spoken: argument) }
}

extension Market.Calendar: ExpressibleByArgument {
  /// Its name in any letter case.
  public init?(argument: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
      return nil
    }
    self = known
  }

  /// Their names.
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

/// A list that repeats and takes commas: `--asset BTC --asset ETH` is `--asset BTC,ETH`.
///
/// - Throws: where the flag is given and names nothing, as an unset variable of a shell does.
package func split(_ values: [String], flag: String) throws -> [String] {
  let names = values.flatMap { $0.split(separator: ",").map { $0.trimmed } }.filter { !$0.isEmpty }
  guard !names.isEmpty || values.isEmpty else {
    throw Failure(.usage, "\(flag): it names nothing; leave it away for all")
  }
  return names
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
