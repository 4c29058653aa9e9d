import GRDB
import Market
import SQLite
import Schema

/// A kind of fact: its table, the columns of its key and its values, how its history is kept, and how its rows leave the
/// file.
///
/// One file each in this folder. Merge, restatement, comparison, the view of the past, rebuild, datasets, dictionary and
/// `why` are made from the description; only bars have statements of their own, for speed. A kind has two tables,
/// `<dataset>` and `<dataset>_restatement`, which its migration makes: `series_id`, the key, the values, `fetch_id`; the
/// second one also `replaced_by_fetch_id` and `replaced_at`.
package struct Kind: Sendable {
  /// Its dataset and the columns of its key and its values, in order.
  package let shape: FactShape
  /// What its rows are, in a few words.
  let title: String
  /// The step of a run that brings it.
  package let step: StepName
  /// How `why` asks for a row of it.
  package let asked: AskedForm
  /// What its figures are counted in.
  package let unit: FigureUnit
  /// Texts of the key that the table holds as numbers of rows of another one, by their column in the shape.
  let lookups: [String: Lookup]
  let history: History
  /// Whether it is asked for by itself; else it comes in answers to questions for other kinds, and is never missing.
  package var comesAlone = true
  /// What follows from rows that were stored, in the same transaction.
  let followUp: FollowUp?
  /// What follows once from all that a transaction stored, at its end.
  var closing: (@Sendable (Database) throws -> Void)?
  /// Whether each key of its calendar is to be there, so that one that is not is a gap.
  package let hasGaps: Bool
  /// Whether a second source is asked beside the first as a cross-check, and not only where that one falls short.
  package let isCrossChecked: Bool
  /// Days after its own on which a row of a series still shows in snapshots; `nil` where it never does.
  package let snapshotReach: @Sendable (SeriesKey) -> Int32?
  /// The figures that another one tells in a form that lasts: where they alone are others, nothing was told otherwise.
  var echoes: Set<FigureField> = []
  /// The figures whose restatements a report tells of.
  let reported: [FigureField]
  let exported: Exported
  /// How it is noted that a later answer leaves out what was still to come; `nil` where that says nothing.
  var withdrawal: Withdrawal?

  /// The dataset of its facts, by which a registry finds the kind.
  package var dataset: Dataset { shape.dataset }
}

extension Kind {
  /// A text of a key that the table holds as the number of a row in another table.
  struct Lookup: Sendable {
    /// The column in the table of facts, which bears the same name in the other one: `etf_id`.
    let column: String
    /// The other table.
    let table: String
    /// The column there that holds the text.
    let text: String
    /// What makes a row for a text that has none yet.
    let insert: @Sendable (_ text: String, _ series: StoredSeries, Database) throws -> Void
    /// The condition that keeps the texts of one series apart from those of others, on the number of the series.
    let scope: String
  }

  /// Where a row goes that a later answer replaced.
  enum History: Sendable {
    /// Into `<dataset>_restatement`.
    case restated
    /// There once the row was final; before that, into a table of its own: it was still being told. `isFinal` is told the
    /// row, its series, and when the answer came that replaces it.
    case provisional(table: String, isFinal: @Sendable (FactRow, SeriesID, Instant, Database) throws -> Bool)
    /// As restated; and the provider itself says when a row was published, in a column of the key that holds a day: of
    /// several rows that differ in it alone, the past knows the newest of then.
    case vintages(column: String)

    var hasVintages: Bool { if case .vintages = self { true } else { false } }
  }

  /// What becomes of a row that a later answer about the same stretch leaves out: it stays, and one of its columns says so.
  struct Withdrawal: Sendable {
    /// The column, which holds 1 of a row that was withdrawn and 0 of any other.
    let column: FigureField
    /// The condition that a row may be withdrawn, as what it speaks of is still to come; binds epoch seconds.
    let isToCome: String
  }

  typealias FollowUp = @Sendable (RowChanges, SeriesID, Database) throws -> Void

  /// How its rows leave the file.
  struct Exported: Sendable {
    /// How often a row comes.
    let rhythm: NamedDataset.Rhythm?
    /// Which names of a series stand before each row, in the order by which series follow each other.
    let names: [SeriesName]
    /// Whether rows can be chosen by asset.
    var hasAssets = true
    /// What restated rows are, in a few words.
    let restatedTitle: String
    /// Columns between key and values that another table gives: their names and their SQL.
    var looked: [(name: String, sql: String)] = []
    /// The columns that tell exported rows apart, before those of the key.
    let identity: [String]
    /// How values rank on a narrow screen, those that are not usual.
    var ranks: [FigureField: Market.Column.Rank] = [:]
    /// What a column means where it means something of its own here.
    var meanings: [String: ColumnMeaning] = [:]
    /// Further datasets that hang on this kind.
    var others: [NamedDataset] = []
  }

  /// A text that all rows of a series share.
  enum SeriesName: Sendable { case asset, source, symbol, interval, currency }
}

/// The kinds of fact that a store knows, in the order in which they are listed.
package struct Kinds: Sendable {
  /// In the order in which they are listed; the first of a dataset is the one found by it.
  package let all: [Kind]
  /// What makes the tables of all of them, in order.
  let migrations: [Migration]
  private let byDataset: [Dataset: Kind]

  /// A registry; of two kinds of one dataset the first counts.
  init(_ all: [Kind], _ migrations: [Migration] = Migration.all) {
    self.all = all
    self.migrations = migrations
    byDataset = Dictionary(all.map { ($0.dataset, $0) }) { first, _ in first }
  }

  /// The kind of a dataset; `nil` for one that is not known.
  package subscript(_ dataset: Dataset) -> Kind? { byDataset[dataset] }

  /// What the appliance itself stores.
  package static let standard = Kinds([
    .bar, .pricePoint, .sentiment, .etfFlow, .corporateAction, .barTrade, .marketCap,
    .macroObservation, .macroRelease, .moodComponent, .newsItem, .eventItem, .themeValue,
  ])

  /// The same with one more, whose tables a migration makes after all others.
  func adding(_ kind: Kind, _ migration: Migration) -> Kinds { Kinds(all + [kind], migrations + [migration]) }

  /// The columns of all kinds.
  package var shapes: [FactShape] { all.map(\.shape) }

  /// The kind of a series.
  ///
  /// - Throws: `StoreError.corrupt` where the file holds a series of a kind that this program does not know.
  func kind(of series: SeriesKey) throws(StoreError) -> Kind {
    guard let kind = self[series.dataset] else {
      throw .corrupt(path: "series", detail: "'\(series.dataset.rawValue)' of \(series) is no kind of fact known here")
    }
    return kind
  }
}

extension StoredCatalogue {
  /// Whether a second source of a series is asked beside the first.
  package func isCrossChecked(_ series: SeriesKey) -> Bool { kinds[series.dataset]?.isCrossChecked ?? false }
}
