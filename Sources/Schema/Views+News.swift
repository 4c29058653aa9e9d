extension Views {
  /// What articles are to other programs.
  static let news = [newsMention, factNewsArticles, balancedNews7d]

  /// How a feed is called: by its name where it was given one, else by its host; what lies at no address by who tells it.
  static let feedName = """
    coalesce((SELECT feed.name FROM feed WHERE feed.series_id = series.series_id),
      CASE WHEN instr(series.provider_symbol, '//') = 0
        THEN (SELECT teller.title FROM source AS teller WHERE teller.source_id = series.source_id) END,
      replace(substr(substr(series.provider_symbol, instr(series.provider_symbol, '//') + 2), 1,
        instr(substr(series.provider_symbol, instr(series.provider_symbol, '//') + 2) || '/', '/') - 1), 'www.', ''))
    """

  private static let published = "strftime('%Y-%m-%dT%H:%M:%SZ', article.published_at, 'unixepoch')"

  /// The followed assets that an article names.
  private static let newsMention = """
    CREATE VIEW news_mention AS
    SELECT mention.article_id AS article_id, asset.asset_id AS asset_id, mention.rule AS rule,
      mention.relevance AS relevance, mention.sentiment AS sentiment, mention.sentiment_source AS sentiment_source
    FROM article_mention AS mention
    JOIN asset ON asset.symbol = mention.symbol
    """

  /// Tickers as a JSON array: of the assets that are followed, and of coins as such.
  private static let factNewsArticles = """
    CREATE VIEW fact_news_articles AS
    SELECT article.article_id AS article_id, \(published) AS date, \(feedName) AS source, article.title AS title,
      article.summary AS summary, article.url AS url,
      '[' || coalesce((SELECT group_concat('"' || named.symbol || '"') FROM (
        SELECT mention.symbol FROM article_mention AS mention
        WHERE mention.article_id = article.article_id
          AND (mention.symbol = 'CRYPTO' OR mention.symbol IN (SELECT symbol FROM asset))
        ORDER BY mention.symbol) AS named), '') || ']' AS related_tickers
    FROM news_article AS article
    JOIN series ON series.series_id = article.series_id
    """

  /// The newest articles of the seven days that end with the newest one, of each class of assets at most as many as of the
  /// scarcest two together.
  private static let balancedNews7d = """
    CREATE VIEW vw_balanced_news_7d AS
    WITH classed AS (
      SELECT DISTINCT article.article_id, article.published_at, article.title, article.url, article.series_id,
        CASE WHEN mention.symbol = 'CRYPTO' THEN 'CRYPTO' ELSE \(assetClass) END AS asset_class
      FROM news_article AS article
      JOIN article_mention AS mention ON mention.article_id = article.article_id
      LEFT JOIN asset ON asset.symbol = mention.symbol
      WHERE article.published_at > (SELECT max(published_at) FROM news_article) - 604800
        AND (mention.symbol = 'CRYPTO' OR asset.asset_id IS NOT NULL)),
    counted AS (SELECT asset_class, count(*) AS articles FROM classed GROUP BY asset_class),
    bound AS (SELECT sum(articles) AS most FROM (SELECT articles FROM counted ORDER BY articles, asset_class LIMIT 2)),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY asset_class ORDER BY published_at DESC, article_id) AS place FROM classed)
    SELECT article.article_id AS article_id, \(published) AS date, \(feedName) AS source,
      article.asset_class AS asset_class, article.title AS title, article.url AS url
    FROM ranked AS article
    JOIN series ON series.series_id = article.series_id
    WHERE article.place <= (SELECT most FROM bound)
    """
}
