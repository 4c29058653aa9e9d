import GRDB
import SQLite

/// One purpose of the store: a handful of doors over the tables that serve it.
protocol StoreFacet: Sendable {
  /// The file that they lie in.
  var store: Store { get }
}

extension StoreFacet {
  var kinds: Kinds { store.kinds }
  var path: String { store.path }
  var queue: DatabaseQueue { store.queue }

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
  func write<T>(
    unseen checks: RowChecks = [], indifferent: RowChecks = [], _ body: (Database) throws -> T
  ) throws(StoreError) -> T {
    try store.write(unseen: checks, indifferent: indifferent, body)
  }
}

/// Every request and what came back: the exact bytes, once a content.
package struct Vault: StoreFacet {
  let store: Store
}

/// Files that were brought in by hand, with their bytes and the order by which each was read.
package struct Imports: StoreFacet {
  let store: Store
}

/// When the record was brought up to date, step by step, and what is left of each provider's ration.
package struct Runs: StoreFacet {
  let store: Store
}

/// What there is: assets, funds, series, and which series is the price of an asset.
package struct StoredCatalogue: StoreFacet {
  let store: Store
}

/// What the answers said: every fact goes in here, with what follows from it.
package struct StoredFacts: StoreFacet {
  let store: Store
}

/// What is missing of each series, and why.
package struct StoredGaps: StoreFacet {
  let store: Store
}

/// What went into funds and out of them, day by day.
package struct StoredFlows: StoreFacet {
  let store: Store
}

/// Rows refused or marked, what is missing, and what the user decided.
package struct Judgement: StoreFacet {
  let store: Store
}

/// The days of each asset, computed from the facts.
package struct Snapshots: StoreFacet {
  let store: Store
}

/// Texts about a day.
package struct Summaries: StoreFacet {
  let store: Store
}

/// What was believed before: restatements, and who had used what they replaced.
package struct Past: StoreFacet {
  let store: Store
}

/// What was done with the answers, in order, and how a rebuild does it again.
package struct Chronicle: StoreFacet {
  let store: Store
}

extension Store {
  /// Every request and what came back: the exact bytes, once a content.
  package var vault: Vault { Vault(store: self) }
  /// Files that were brought in by hand, with their bytes and the order by which each was read.
  package var imports: Imports { Imports(store: self) }
  /// When the record was brought up to date, step by step, and what is left of each provider's ration.
  package var runs: Runs { Runs(store: self) }
  /// What there is: assets, funds, series, and which series is the price of an asset.
  package var catalogue: StoredCatalogue { StoredCatalogue(store: self) }
  /// What the answers said: every fact goes in here, with what follows from it.
  package var facts: StoredFacts { StoredFacts(store: self) }
  /// What is missing of each series, and why.
  package var gaps: StoredGaps { StoredGaps(store: self) }
  /// What went into funds and out of them, day by day.
  package var flows: StoredFlows { StoredFlows(store: self) }
  /// Rows refused or marked, what is missing, and what the user decided.
  package var judgement: Judgement { Judgement(store: self) }
  /// The days of each asset, computed from the facts.
  package var snapshots: Snapshots { Snapshots(store: self) }
  /// Texts about a day.
  package var summaries: Summaries { Summaries(store: self) }
  /// What was believed before: restatements, and who had used what they replaced.
  package var past: Past { Past(store: self) }
  /// What was done with the answers, in order, and how a rebuild does it again.
  package var chronicle: Chronicle { Chronicle(store: self) }
}
