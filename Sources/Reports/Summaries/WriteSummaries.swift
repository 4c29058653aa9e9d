import Market
import Store

/// How many days, up to today, have their summaries kept true.
package let summaryDays = 30

/// Makes the summaries of the last `summaryDays` days that have a snapshot and writes those that are new or say
/// something else than what is stored.
///
/// The file is read in a few queries and written only where something differs, and not at all where nothing happened since
/// the last time on the same day and by the same program: a text also says whether its day is over.
///
/// - Returns: new, changed and unchanged summaries.
/// - Throws: `StoreError`.
package func writeSummaries(in store: Store, now: Instant) throws -> StepCounts {
  let basis = "\(SummaryMaker.maker) \(now.day) \(try store.summaries.mark())"
  guard try store.meta(Store.summarisedNote) != basis else { return StepCounts() }
  let counts = try writeDifferingSummaries(in: store, now: now)
  try store.setMeta(Store.summarisedNote, basis)
  return counts
}

private func writeDifferingSummaries(in store: Store, now: Instant) throws -> StepCounts {
  let days = now.day - (summaryDays - 1)...now.day
  let facts = try FactsOfDays(days, store: store)
  let stored = Set(try store.summaries.all(by: SummaryMaker.maker, in: days))
  let made = days.flatMap { SummaryMaker().summaries(of: $0, facts, now: now) }
  let fresh = made.filter { !stored.contains($0) }
  var counts = StepCounts(unchanged: made.count - fresh.count)
  if !fresh.isEmpty { counts = counts + (try store.summaries.store(fresh)) }
  return counts
}
