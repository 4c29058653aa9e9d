/// The SQL of articles: what items of feeds come to when those that tell one story are one.
package enum ArticleStatements {
  /// What an item is read by: its id, its time, title, canonical address, summary, tags, answer and article.
  private static let itemColumns = """
    item.guid, coalesce(item.published_at, fetch.received_at), item.title, item.url, item.summary, item.tags,
    item.fetch_id, made.article_id, item.tickers
    """

  private static let sameItem = "made.series_id = item.series_id AND made.day = item.day AND made.guid = item.guid"

  /// Binds a series and a day: the items that no article holds as they are now, oldest first.
  package static let openItems = """
    SELECT \(itemColumns) FROM news_item AS item
    JOIN fetch ON fetch.fetch_id = item.fetch_id
    LEFT JOIN article_item AS made ON \(sameItem)
    WHERE item.series_id = ? AND item.day = ? AND (made.article_id IS NULL OR made.fetch_id <> item.fetch_id)
    ORDER BY 2, item.guid
    """

  /// Binds an address: the article whose own it is, or that was told under it.
  package static let articleUnderLink = """
    SELECT article_id FROM news_article WHERE url = ?1 UNION ALL SELECT article_id FROM article_link WHERE url = ?1
    """

  /// Binds a key of a story and two instants: the articles that have it and were first published between them, with a bit
  /// of each of their words; of very many the newest, as titles made by one pattern would be compared with all others.
  package static let candidates = """
    SELECT article_id, words FROM article_key WHERE story_key = ? AND first_at BETWEEN ? AND ?
    ORDER BY first_at DESC, article_id DESC LIMIT 500
    """

  /// Binds an article.
  package static let storyOfArticle = "SELECT words, numbers, assets FROM news_article WHERE article_id = ?"

  /// Binds address, time, title, summary, series, words, numbers and assets.
  package static let insertArticle = """
    INSERT INTO news_article (url, published_at, title, summary, series_id, words, numbers, assets)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Binds an article: what it shows, with its series.
  package static let shownText = "SELECT published_at, title, summary, series_id FROM news_article WHERE article_id = ?"

  /// Binds so many articles, each with its title and its summary, as the index of words is told of them; one that is NULL
  /// is none.
  package static func index(articles: Int) -> String {
    let values = repeatElement("(?, ?, ?)", count: articles).joined(separator: ", ")
    return """
      INSERT INTO article_fts (rowid, title, summary)
      SELECT column1, column2, column3 FROM (VALUES \(values)) WHERE column1 IS NOT NULL
      """
  }

  /// The same of texts that the index was told of before.
  package static let unindex = "INSERT INTO article_fts (article_fts, rowid, title, summary) VALUES ('delete', ?, ?, ?)"

  /// The articles that the index of words was not told of yet, each with its title and its summary.
  package static let unindexed = """
    SELECT article_id, title, summary FROM news_article
    WHERE article_id > (SELECT ifnull(max(id), 0) FROM article_fts_docsize) ORDER BY article_id
    """

  /// Binds an article; 1 where the index of words was told of it.
  package static let isIndexed = "SELECT ?1 <= ifnull(max(id), 0) FROM article_fts_docsize"

  /// Binds an article, time, title, summary and series.
  package static let updateArticle = """
    UPDATE news_article SET published_at = ?2, title = ?3, summary = ?4, series_id = ?5 WHERE article_id = ?1
    """

  /// Binds a key, an instant, an article and a bit of each of its words.
  package static let insertKey = """
    INSERT INTO article_key (story_key, first_at, article_id, words) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
    """

  /// Binds an address that is not the article's own, and the article.
  package static let insertLink = "INSERT INTO article_link (url, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING"

  /// Binds series, day, id, article and answer.
  package static let insertItem =
    "INSERT INTO article_item (series_id, day, guid, article_id, fetch_id) VALUES (?, ?, ?, ?, ?)"

  /// The same of an item that an article has; the article is the one that it has.
  package static let updateItem = """
    UPDATE article_item SET fetch_id = ?5 WHERE series_id = ?1 AND day = ?2 AND guid = ?3 AND article_id = ?4
    """

  /// Binds an article, a symbol and a rule.
  package static let insertMention = """
    INSERT INTO article_mention (article_id, symbol, rule) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
    """

  /// Binds an article, a symbol, how much it is about it, how it speaks of it, and who says so: whoever names it first has
  /// the rule, whoever judges it first the judgement.
  package static let insertTicker = insertTicker("?1, ?2, 'ticker', ?3, ?4, ?5", into: "article_mention")

  /// The same of a row that is written out, into a table of that form.
  package static func insertTicker(_ row: String, into table: String) -> String {
    """
    INSERT INTO \(table) (article_id, symbol, rule, relevance, sentiment, sentiment_source) VALUES (\(row))
    ON CONFLICT DO UPDATE SET relevance = coalesce(relevance, excluded.relevance),
      sentiment_source = CASE WHEN sentiment IS NULL THEN excluded.sentiment_source ELSE sentiment_source END,
      sentiment = coalesce(sentiment, excluded.sentiment)
    """
  }

  /// Bind an article: take back what its items are filed under, and what is thought of it.
  package static let forgetTickers = [
    "DELETE FROM article_mention WHERE article_id = ? AND rule = 'ticker'",
    """
    UPDATE article_mention SET relevance = NULL, sentiment = NULL, sentiment_source = NULL
    WHERE article_id = ? AND coalesce(relevance, sentiment) IS NOT NULL
    """,
  ]

  /// The articles whose items are filed under anything.
  package static let articlesWithTickers = """
    SELECT DISTINCT made.article_id FROM news_item AS item JOIN article_item AS made ON \(sameItem)
    WHERE item.tickers IS NOT NULL
    """

  /// Binds an article: what its items are filed under, and who says so, the oldest series first.
  package static let tickers = """
    SELECT item.tickers, source.name FROM article_item AS made
    JOIN news_item AS item ON \(sameItem)
    JOIN series ON series.series_id = item.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE made.article_id = ? AND item.tickers IS NOT NULL
    ORDER BY item.series_id, item.day, item.guid
    """

  /// Binds an article.
  package static let forgetMentions = "DELETE FROM article_mention WHERE article_id = ?"

  /// The symbols that the user wants matched as words.
  package static let matchedSymbols = """
    SELECT symbol FROM asset WHERE static_metadata IS NOT NULL AND json_extract(static_metadata, '$.match') = 'symbol'
    """

  /// Binds a text: the articles whose title or summary holds it.
  package static let articlesWithText = """
    SELECT article_id FROM news_article WHERE instr(title, ?1) > 0 OR instr(coalesce(summary, ''), ?1) > 0 ORDER BY article_id
    """

  /// Binds an article: of the items under its own address the newest, with its series and its day behind the columns of an
  /// item.
  package static let newestEdition = """
    SELECT \(itemColumns), item.series_id, item.day
    FROM news_article AS article
    JOIN article_item AS made ON made.article_id = article.article_id
    JOIN news_item AS item ON \(sameItem)
    JOIN fetch ON fetch.fetch_id = item.fetch_id
    WHERE article.article_id = ? AND item.url IS article.url
    ORDER BY 2 DESC, item.series_id, item.day DESC, item.guid LIMIT 1
    """

  /// Binds an instant, a symbol or nothing, a pattern of a source or nothing, how many rows at most, and, where words are
  /// looked for, what the index is asked.
  package static func headlines(isSearch: Bool) -> String {
    """
    SELECT article.article_id, article.published_at, \(Views.feedName) AS source, article.title, article.summary,
      article.url,
      (SELECT group_concat(symbol) FROM (
        SELECT symbol FROM article_mention AS mention WHERE mention.article_id = article.article_id ORDER BY symbol)
      ) AS tickers,
      (SELECT count(DISTINCT made.series_id) FROM article_item AS made WHERE made.article_id = article.article_id)
        AS sources
    FROM news_article AS article JOIN series ON series.series_id = article.series_id
    WHERE article.published_at >= ?1
      AND (?2 IS NULL OR EXISTS (
        SELECT 1 FROM article_mention AS mention WHERE mention.article_id = article.article_id AND mention.symbol = ?2))
      AND (?3 IS NULL OR series.provider_symbol LIKE ?3 ESCAPE '\\' OR \(Views.feedName) LIKE ?3 ESCAPE '\\')
      \(isSearch ? "AND article.article_id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?5)" : "")
    ORDER BY article.published_at DESC, article.article_id DESC LIMIT ?4
    """
  }

  /// Binds the first and the last instant, a symbol or nothing, and how many rows at most: what most feeds told first.
  package static let headlinesOfStretch = """
    SELECT article.article_id, article.published_at, \(Views.feedName) AS source, article.title, article.url,
      (SELECT count(DISTINCT made.series_id) FROM article_item AS made WHERE made.article_id = article.article_id)
        AS sources
    FROM news_article AS article JOIN series ON series.series_id = article.series_id
    WHERE article.published_at BETWEEN ?1 AND ?2 AND article.title <> ''
      AND (?3 IS NULL OR EXISTS (
        SELECT 1 FROM article_mention AS mention WHERE mention.article_id = article.article_id AND mention.symbol = ?3))
    ORDER BY sources DESC, article.published_at DESC, article.article_id LIMIT ?4
    """

  /// Binds an article: the day and the id of the item that it shows, and its series.
  package static let shownItem = """
    SELECT item.day, item.guid, series.dataset, source.name AS source, series.provider_symbol, series.interval
    FROM news_article AS article
    JOIN article_item AS made ON made.article_id = article.article_id
    JOIN news_item AS item ON \(sameItem)
    JOIN series ON series.series_id = item.series_id
    JOIN source ON source.source_id = series.source_id
    WHERE article.article_id = ?
    ORDER BY item.url IS NOT article.url, item.published_at IS NULL, item.published_at DESC, item.series_id,
      item.day DESC, item.guid LIMIT 1
    """

  // MARK: - The past

  /// Each item of an article that was known then, with its place among them: the first is the one that the article showed.
  private static func itemsThen(_ items: String = "news_item") -> String {
    """
    SELECT article.article_id, article.url AS address, coalesce(item.published_at, fetch.received_at) AS time,
      item.title, item.summary, item.tags, item.series_id, article.words, article.numbers, article.assets,
      row_number() OVER (
        PARTITION BY article.article_id
        ORDER BY item.url IS NOT article.url, coalesce(item.published_at, fetch.received_at) DESC, item.series_id,
          item.day DESC, item.guid) AS place
    FROM main.news_article AS article
    JOIN main.article_item AS made ON made.article_id = article.article_id
    JOIN temp.\(items) AS item ON \(sameItem)
    JOIN main.fetch AS fetch ON fetch.fetch_id = item.fetch_id
    """
  }

  /// The statements that leave on a connection the articles that were known then, with the texts of then. Items are already
  /// those of then; whom the texts name that were others then is for the caller to put into `mentionsThen`.
  package static let asKnown = """
    CREATE TEMP VIEW article_item AS
    SELECT made.* FROM main.article_item AS made
    WHERE EXISTS (SELECT 1 FROM temp.news_item AS item WHERE \(sameItem));
    CREATE TEMP VIEW news_article AS
    SELECT article_id, address AS url, time AS published_at, title, summary, series_id, words, numbers, assets
    FROM (\(itemsThen())) WHERE place = 1;
    CREATE TEMP TABLE \(mentionsThen[0]) (article_id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE \(mentionsThen[1]) (
      article_id INTEGER, symbol TEXT, rule TEXT, relevance REAL, sentiment REAL, sentiment_source TEXT,
      PRIMARY KEY (article_id, symbol)) WITHOUT ROWID;
    CREATE TEMP VIEW article_mention AS
    SELECT * FROM main.article_mention
    WHERE article_id IN (SELECT article_id FROM temp.article_item)
      AND article_id NOT IN (SELECT article_id FROM temp.\(mentionsThen[0]))
    UNION ALL
    SELECT article_id, symbol, rule, relevance, sentiment, sentiment_source FROM temp.\(mentionsThen[1]);
    """

  /// Tables of such a connection: the articles that may have had another text then, and whom that named.
  package static let mentionsThen = ["article_told_since", "article_mention_then"]

  /// What articles showed then of which something was told since.
  ///
  /// - Parameters:
  ///   - items: the view of the items of then.
  ///   - hasCome: the condition that an answer had come by then, of the column of that name.
  package static func textsThen(of items: String, _ hasCome: (String) -> String) -> String {
    """
    SELECT article_id, title, summary, tags FROM (
      \(itemsThen(items))
      WHERE article.article_id IN (SELECT article_id FROM main.article_item WHERE NOT \(hasCome("fetch_id"))))
    WHERE place = 1
    """
  }

  /// What items that were known then were filed under, of the articles that were put into the first of `mentionsThen`, and
  /// who says so, the oldest series of an article first.
  ///
  /// - Parameter items: the view of the items of then.
  package static func tickersThen(of items: String) -> String {
    """
    SELECT made.article_id, item.tickers, source.name FROM main.article_item AS made
    JOIN temp.\(items) AS item ON \(sameItem)
    JOIN main.series ON series.series_id = item.series_id
    JOIN main.source ON source.source_id = series.source_id
    WHERE item.tickers IS NOT NULL AND made.article_id IN (SELECT article_id FROM temp.\(mentionsThen[0]))
    ORDER BY made.article_id, item.series_id, item.day, item.guid
    """
  }

  // MARK: - Comparing

  /// The tables as they are held against those of a file that was made anew.
  package static let compared = [
    IndicatorStatements.Compared(
      table: "news_article", key: "article_id",
      values: "url, published_at, title, summary, series_id, words, numbers, assets", settled: "true"),
    IndicatorStatements.Compared(
      table: "article_item", key: "series_id, day, guid", values: "article_id, fetch_id", settled: "true"),
    IndicatorStatements.Compared(table: "article_link", key: "url", values: "article_id", settled: "true"),
    IndicatorStatements.Compared(
      table: "article_key", key: "story_key, first_at, article_id", values: "words", settled: "true"),
    IndicatorStatements.Compared(
      table: "article_mention", key: "article_id, symbol", values: "rule, relevance, sentiment, sentiment_source",
      settled: "true"),
  ]

  /// Binds a series and a day: when the newest of its items of that day came.
  package static let newestArrival = """
    SELECT max(fetch.received_at) FROM news_item AS item JOIN fetch ON fetch.fetch_id = item.fetch_id
    WHERE item.series_id = ? AND item.day = ? HAVING count(*) > 0
    """

  /// Binds a source and an instant: what it was asked with success since, each with when it answered last.
  package static let answeredSince = """
    SELECT target, max(received_at) FROM fetch
    WHERE source_id = (SELECT source_id FROM source WHERE name = ?) AND received_at >= ?
      AND (read_outcome IN ('read', 'unchanged') OR read_outcome LIKE 'read, %')
    GROUP BY target
    """
}
