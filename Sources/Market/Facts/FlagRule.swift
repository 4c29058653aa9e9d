/// Why a stored row is flagged; stored as its raw value.
package enum FlagRule: String, CaseIterable, Hashable, Sendable {
  case jump
  /// A settled bar was replaced by one that lies a jump away.
  case restatedJump = "restated_jump"
  case unit, stale, range, volume
  /// A split that is told and that prices show otherwise, or on another day.
  case split
  /// Money that is told and that prices, or adjusted closes, do not go with.
  case dividend
}
