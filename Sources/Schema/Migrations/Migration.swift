/// One numbered step of the schema. Append-only: what was released is never edited.
package struct Migration: Sendable {
  /// From 1; `user_version` of a file holds the number of the last one that was run.
  package let number: Int
  /// In a word, for messages.
  package let name: String
  /// New tables that it fills with rows of before.
  private let filled: [String]
  /// What SQL cannot say, done before the text and in the same transaction.
  package let preparation: Preparation
  /// What it does, all of it in one transaction.
  let changes: [Change]

  /// The tables whose rows it writes anew; the references in them are looked at before it counts.
  package var rewritten: [String] { changes.compactMap(\.remade) + filled }
  /// The statements for a file that may hold rows.
  package var sql: String { changes.map(\.sql).joined(separator: "\n") }
  /// The statements for one that holds none, with the same schema behind them: nothing is copied, and nothing renamed,
  /// for which SQLite would read the whole schema again each time.
  package var sqlWithoutRows: String {
    ([preparation.table].compactMap { $0 } + changes.map(\.sqlWithoutRows)).joined(separator: "\n")
  }

  /// A part of a migration.
  enum Change: Sendable {
    case sql(String)
    /// A table made anew, by SQLite's own procedure for what `ALTER TABLE` cannot do (its documentation, "Making Other
    /// Kinds Of Table Schema Changes").
    ///
    /// - Parameters:
    ///   - columns: columns and constraints as they are to be.
    ///   - options: what follows them.
    ///   - copy: the columns that get a value, and the query that brings it out of the table of before.
    case remake(String, options: String = "STRICT", columns: String, copy: String)

    var remade: String? { if case .remake(let table, _, _, _) = self { table } else { nil } }

    var sql: String {
      switch self {
      case .sql(let text): text
      case .remake(let table, let options, let columns, let copy):
        """
        CREATE TABLE new_\(table) (
        \(columns)
        ) \(options);
        INSERT INTO new_\(table) \(copy);
        DROP TABLE \(table);
        ALTER TABLE new_\(table) RENAME TO \(table);
        """
      }
    }

    var sqlWithoutRows: String {
      switch self {
      case .sql(let text): text
      case .remake(let table, let options, let columns, _):
        // The name quoted, as a renaming leaves it.
        """
        DROP TABLE \(table);
        CREATE TABLE "\(table)" (
        \(columns)
        ) \(options);
        """
      }
    }
  }

  /// What is done before the statements of a migration.
  package enum Preparation: Sendable {
    case nothing
    /// Puts the bodies of requests among the bodies of answers, and notes in `temp.body_of_request` where each of them is.
    case requestBodies
    /// Notes in `temp.article_text` the texts of articles as the index of words is told of them.
    case articleTexts
    /// Notes in `temp.story_words` a bit of each word of an article, and tells anew what articles are filed under.
    case storyWords

    /// The statement that makes the table in which it notes something.
    package var table: String? {
      switch self {
      case .nothing: nil
      case .requestBodies:
        "CREATE TEMP TABLE body_of_request (fetch_id INTEGER PRIMARY KEY, body_id INTEGER NOT NULL);"
      case .articleTexts:
        "CREATE TEMP TABLE article_text (article_id INTEGER PRIMARY KEY, title TEXT NOT NULL, summary TEXT);"
      case .storyWords: "CREATE TEMP TABLE story_words (article_id INTEGER PRIMARY KEY, bits INTEGER NOT NULL);"
      }
    }
  }

  /// A step; it must be the next after those that come before it.
  package init(number: Int, name: String, sql: String) {
    self.init(number: number, name: name, filled: [], preparation: .nothing, changes: [.sql(sql)])
  }

  /// A step told change by change; it must be the next after those that come before it.
  init(number: Int, name: String, filled: [String], preparation: Preparation, changes: [Change]) {
    self.number = number
    self.name = name
    self.filled = filled
    self.preparation = preparation
    self.changes = changes
  }

  /// All of them, in order.
  package static let all: [Migration] = [
    .spine, .trace, .widen, .edition, .lookups, .markets, .measures, .quality, .analyses, .world, .narrative, .news,
    .events, .themes, .retention, .search, .newsTickers, .runningDays,
    .storyWords, .filingForms,
  ]

  /// The number of the last one; a literal, as every start of the program asks for it.
  package static let latest = 20

  /// What the tables, indexes and triggers of a file are known by after each of them; a test makes them again.
  package static let hashes: [Int: String] = [
    1: "8283777f4242a1a918fe0a79f4cc8c87", 2: "c615cf6d1e34c71b4eecf80f28278bd9",
    3: "6041b8fc452a0987629736bbc61a67dd", 4: "1d646cd6ff36631196603d9a2df9614f",
    5: "87546d3496dd37fac2327e5221a951db", 6: "64c7c900e6fc11cc5b20b73dfa3880a9",
    7: "79abc2eacbec02b66af0783473070198", 8: "c2571e4a37eca3fd484a65edc9a903f9",
    9: "73b01d480b97b7dc7d685d62110fbd8b", 10: "330614c4e4913f4b6459c091cd347ef2",
    11: "d0dd3c29aef97b757e9754abff9d6286", 12: "0290d847d2f70b08bf07ce6b47b401d0",
    13: "3a1482bc6208e0fe1ef6766734c98e95", 14: "dda5049fcf5f0e1017a3c1a73f5de5b7",
    15: "a7c61ab22ce16b828acf50221912562a", 16: "8713cf122505df1069b3fbd5ed0d5819",
    17: "a36dbc19f8aee17471817d00c5021598", 18: "9d974a9d21c07cd8ecef8474da366199",
    19: "4ae4ee3c1276f5952e580d025a425652", 20: "e11ad52ee92ab31206a5ca34903ff472",
  ]
}

/// What marks a file as ours: "apl1" in ASCII, in `PRAGMA application_id`.
package let applicationID: Int32 = 0x6170_6C31
