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

  /// The instant meant; `nil` for now.
  func instant(at now: Instant) -> Instant? { asOf.map { $0.last(at: now) } }
}

extension Session {
  /// The file, for reading, as it was known then.
  func reader(_ option: AsOfOption) throws -> Store {
    guard option.asOf != nil else { return try reader() }
    // A demo's clock stands in the file, by which an age such as 7d is counted.
    let now = try clock(of: try reader()).now
    return try Store.reading(databasePath, asOf: option.instant(at: now))
  }

  /// Now, or the instant that is asked about: nothing is later than that.
  func now(of store: Store, _ option: AsOfOption) throws -> Instant {
    let now = try clock(of: store).now
    return option.instant(at: now).map { min($0, now) } ?? now
  }
}
