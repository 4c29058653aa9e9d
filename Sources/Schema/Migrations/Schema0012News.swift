extension Migration {
  /// Feeds, what they tell, and the articles that their items come to.
  package static let news = Migration(number: 12, name: "news", sql: items + articles)

  private static let itemValues = """
      published_at INTEGER,
      title TEXT NOT NULL,
      link TEXT,
      url TEXT,
      summary TEXT,
      tags TEXT,
    """

  private static let items = """
    -- What the user says of a feed: how its series is called, and what it brings.
    CREATE TABLE feed (
      series_id INTEGER PRIMARY KEY REFERENCES series,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      group_name TEXT
    ) STRICT;

    -- What a feed said. 1970-01-01 is the day of an item without a date.
    CREATE TABLE news_item (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      guid TEXT NOT NULL,
    \(itemValues)
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day, guid)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE news_item_restatement (
      restatement_id INTEGER PRIMARY KEY,
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      guid TEXT NOT NULL,
      -- By an answer or by a decision.
      replaced_by_fetch_id INTEGER REFERENCES fetch,
      replaced_by_decision_id INTEGER REFERENCES decision,
      replaced_at INTEGER NOT NULL,
    \(itemValues)
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      CHECK ((replaced_by_fetch_id IS NULL) <> (replaced_by_decision_id IS NULL))
    ) STRICT;
    -- What was believed of a row; an answer replaces it once.
    CREATE UNIQUE INDEX news_item_restatement_row
      ON news_item_restatement (series_id, day, guid, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));

    """

  private static let articles = """
    -- One story. Date and text are those of the newest item under its own address; words, numbers and assets those of the
    -- title by which it was first known.
    CREATE TABLE news_article (
      article_id INTEGER PRIMARY KEY,
      url TEXT UNIQUE,
      published_at INTEGER NOT NULL,
      title TEXT NOT NULL,
      summary TEXT,
      series_id INTEGER NOT NULL REFERENCES series,
      words TEXT NOT NULL,
      numbers TEXT NOT NULL,
      assets TEXT NOT NULL
    ) STRICT;
    -- The newest articles first.
    CREATE INDEX news_article_published ON news_article (published_at);

    -- Which article an item belongs to, and the answer in which it was looked at last.
    CREATE TABLE article_item (
      series_id INTEGER NOT NULL REFERENCES series,
      day TEXT NOT NULL,
      guid TEXT NOT NULL,
      article_id INTEGER NOT NULL REFERENCES news_article,
      fetch_id INTEGER NOT NULL REFERENCES fetch,
      PRIMARY KEY (series_id, day, guid)
    ) STRICT, WITHOUT ROWID;
    -- The items of an article.
    CREATE INDEX article_item_of ON article_item (article_id);

    -- Every address under which an article was told.
    CREATE TABLE article_link (
      url TEXT PRIMARY KEY,
      article_id INTEGER NOT NULL REFERENCES news_article
    ) STRICT, WITHOUT ROWID;

    -- By what two tellings of one story find each other.
    CREATE TABLE article_key (
      story_key INTEGER NOT NULL,
      first_at INTEGER NOT NULL,
      article_id INTEGER NOT NULL REFERENCES news_article,
      PRIMARY KEY (story_key, first_at, article_id)
    ) STRICT, WITHOUT ROWID;

    -- Which assets an article names, by their symbols, whether they are followed or not.
    CREATE TABLE article_mention (
      article_id INTEGER NOT NULL REFERENCES news_article,
      symbol TEXT NOT NULL,
      rule TEXT NOT NULL,
      relevance REAL,
      sentiment REAL,
      sentiment_source TEXT,
      PRIMARY KEY (article_id, symbol)
    ) STRICT, WITHOUT ROWID;
    -- The articles that name an asset.
    CREATE INDEX article_mention_of ON article_mention (symbol);

    """
}
