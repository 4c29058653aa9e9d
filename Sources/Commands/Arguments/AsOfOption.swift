import ArgumentParser
import Market
import Schema
import Store

/// The flag that asks for the past: what the file knew at an instant.
package struct AsOfOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What was known at that instant, or at the end of that day: later answers are left out.", valueName: "instant"))
  var asOf: Moment?

  /// Empty; the parser fills it in.
  package init() {}
}

extension CommandContext {
  /// The file, for reading, as it was known then.
  ///
  /// - Parameter subjects: what is asked about; of economic series there is what was published by then, whenever the file
  ///   was told of it.
  package func reader(_ option: AsOfOption, about subjects: [String] = []) throws -> Store {
    guard let instant = try instant(option) else { return try reader() }
    let isPublished = try !subjects.isEmpty && subjects.allSatisfy { try isOfMacro($0) }
    return try Store.reading(databasePath, asOf: instant, sufficesPublished: isPublished)
  }

  private func isOfMacro(_ subject: String) throws -> Bool {
    let name = subject.lowercased().replacing("-", with: "_")
    if [Dataset.macroObservation.rawValue, "fact_macro_indicators", "macro"].contains(name) { return true }
    return try NamedDataset.named(subject) == nil && reader().observed([subject]) != nil
  }

  /// The instant that is asked about; `nil` for now.
  func instant(_ option: AsOfOption) throws -> Instant? {
    // A demo's clock stands in the file, by which an age such as 7d is counted.
    try option.asOf.map { $0.last(at: try clock(of: try reader()).now) }
  }

  /// Now, or the instant that is asked about: nothing is later than that.
  package func now(of store: Store) throws -> Instant {
    let now = try clock(of: store).now
    return store.asOf.map { min($0, now) } ?? now
  }
}
