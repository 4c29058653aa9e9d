import ArgumentParser
import Market
import Store

/// The flag that asks for the past: what the file knew at an instant.
struct AsOfOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What was known at that instant, or at the end of that day: later answers are left out.", valueName: "instant"))
  var asOf: Moment?
}

extension Session {
  /// The file, for reading, as it was known then.
  func reader(_ option: AsOfOption) throws -> Store {
    guard let moment = option.asOf else { return try reader() }
    // A demo's clock stands in the file, by which an age such as 7d is counted.
    return try Store.reading(databasePath, asOf: moment.last(at: try clock(of: try reader()).now))
  }

  /// Now, or the instant that is asked about: nothing is later than that.
  func now(of store: Store) throws -> Instant {
    let now = try clock(of: store).now
    return store.asOf.map { min($0, now) } ?? now
  }
}
