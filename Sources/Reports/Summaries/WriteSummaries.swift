import Market
import Store

/// How many days, up to today, have their summaries kept true.
package let summaryDays = 30

/// Makes the summaries of the last `summaryDays` days that have a snapshot and writes those that are new or say
/// something else than what is stored.
///
/// The file is read in a few queries and written only where something differs, so that a run with little news costs
/// little.
///
/// - Returns: new, changed and unchanged summaries.
/// - Throws: `StoreError`.
package func writeSummaries(in store: Store, now: Instant) throws -> StepCounts {
  let days = now.day - (summaryDays - 1)...now.day
  let facts = try FactsOfDays(days, store: store)
  let stored = Set(try store.summaries.all(by: SummaryMaker.maker, in: days))
  let made = days.flatMap { SummaryMaker().summaries(of: $0, facts, now: now) }
  let fresh = made.filter { !stored.contains($0) }
  var counts = StepCounts(unchanged: made.count - fresh.count)
  if !fresh.isEmpty { counts = counts + (try store.summaries.store(fresh)) }
  return counts
}
