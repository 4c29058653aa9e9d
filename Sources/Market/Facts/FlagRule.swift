/// Why a stored row is flagged; stored as its raw value.
package enum FlagRule: String, CaseIterable, Hashable, Sendable {
  case jump
  /// A settled bar was replaced by one that lies a jump away.
  case restatedJump = "restated_jump"
  case unit, stale, range, volume
}
