import Market
import Rendering

/// `, fetched 2025-09-19 12:30 UTC, 10 h earlier`; without the age where it is under a minute, or where the answer came
/// after the report's instant, as for a day long past.
func fetchedText(_ fetchedAt: Instant?, asOf: Instant) -> String {
  guard let fetchedAt else { return "" }
  let age = asOf - fetchedAt
  return ", fetched \(fetchedAt.spelled)" + (age >= 60 ? ", \(humanDuration(seconds: age)) earlier" : "")
}
