/// What words near a figure tell of it, besides its unit and its direction.
package enum FigureTopic: Hashable, Sendable, CaseIterable {
  /// It is the last price: `closed at`, `ended the day`.
  case close
  /// It is the first price: `opened`, `began`.
  case open
  /// It is the highest price: `peaked`, `high`.
  case high
  /// It is the lowest price: `trough`, `low`.
  case low
  /// It is one end of the day's range: `between`, `touched`.
  case range
  /// It is of the Asian part of the day.
  case asia
  /// It is of the European part.
  case europe
  /// It is of the American part.
  case america
  /// It is of the whole day: `on the day`.
  case day
  /// It is what money did that moved into or out of funds.
  case flow
  /// It is of the last five days of flows.
  case fiveDays
  /// It is of an index of the mood.
  case index
  /// It counts days that follow each other: `in a row`.
  case streak
  /// It counts days of which the close is the highest.
  case highest
  /// It counts days of which the close is the lowest.
  case lowest
  /// It is of the day before: `the day before`.
  case dayBefore
  /// It is of a stretch that no figure is of: `month`, `year`.
  case span
  /// What is said is said not to be: `not`, `failed`.
  case negation
  /// The true figure is at least as large: `more than`.
  case over
  /// The true figure is at most as large: `just under`.
  case under
  /// What is counted are assets: `assets`, `coins`.
  case assets
  /// It stands before where something is, and not before how far it went: `at`, `to`.
  case level
  /// Nothing moved: `unchanged`, `flat`.
  case unchanged
  /// Nothing else rose as much: `strongest`, `led`.
  case strongest
  /// Nothing else fell as much.
  case weakest
  /// A part of a sentence ends here: `but`, `while`.
  case ending
  /// What stood before comes next: `from`, `against`.
  case from
  /// May stand behind a number that has no unit: `on`, `after`.
  case behindNumber
  /// And a half: `and a half`.
  case half
  /// An order, a promise or an address to the reader: nothing that a record says.
  case order
  /// Harmless words in capitals that name no asset: `Greed`, `Asia`.
  case capital
  /// Plain words of which a sentence without figures may consist, besides those of all other topics.
  case plain
}
