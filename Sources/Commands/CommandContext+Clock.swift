import Health
import Market
import Store

extension CommandContext {
  /// The clock of a command that reads this file: the context's; in a demo file it stands at the last run's instant.
  package func clock(of store: Store) throws -> Clock { try clock.reading(store) }

  /// What every screen must say of this file: that its data are invented, that the clock was set, that it is shown as of
  /// an earlier instant; else `nil`.
  ///
  /// - Parameter asOf: where the store itself is not opened with the past.
  func remark(on store: Store, asOf: Instant? = nil) throws -> String? {
    let clock = try clock(of: store)
    var remarks: [String] = []
    if try store.origin() == .demo {
      remarks.append("DEMO DATA: every number here is invented; the clock stands at \(clock.now)")
    } else if clock.isSet {
      remarks.append("the clock was set: now is \(clock.now)")
    }
    if let asOf = asOf ?? store.asOf { remarks.append("as it was known on \(asOf)") }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// Says `remark(on:)`, if there is one, on standard error.
  package func sayRemark(on store: Store, asOf: Instant? = nil) throws {
    if let remark = try remark(on: store, asOf: asOf) { console.say(console.talkStyle.yellow(remark)) }
  }
}
