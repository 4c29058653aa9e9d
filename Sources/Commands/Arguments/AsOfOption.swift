import ArgumentParser
import Market
import Rendering
import Schema
import Store
import Telling

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
    return try Store.reading(databasePath, asOf: instant, measure: isPublished ? .publicationAlone : .publication)
  }

  /// The file, for reading, as it stood then: without what providers had published but this file was told of later.
  package func readerOfRecord(_ option: AsOfOption) throws -> Store {
    guard let instant = try instant(option) else { return try reader() }
    return try Store.reading(databasePath, asOf: instant, measure: .answers)
  }

  /// Says which of the economic series asked about have values now and none that can be told of then; the same as a member of
  /// an object of rows, where there are any.
  ///
  /// - Parameter subjects: ids, or datasets.
  func sayUnknown(_ subjects: [String], in store: Store) throws -> [(String, JSONValue)] {
    guard let asOf = store.asOf, try subjects == ["all"] || subjects.allSatisfy({ try isOfMacro($0) }) else {
      return []
    }
    let asked = try store.observed(subjects)
    let unknown = try store.telling.economicsUnknownThen().filter { asked?.contains($0) ?? true }
    if unknown.isEmpty { return [] }
    console.say(
      "left out, as this file knows \(unknown.count == 1 ? "it" : "them") only from answers after \(asOf): "
        + enumeration(unknown))
    return [("unknown_then", .array(unknown.map { .string($0) }))]
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
