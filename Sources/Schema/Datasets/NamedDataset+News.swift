import Market

extension NamedDataset {
  /// What feeds come to.
  package static let news = [feed, newsMention, factNewsArticles, balancedNews]

  private static let feed = NamedDataset(
    name: "feed", title: "feeds that are followed, and their names",
    columns: [
      .fact("source", .text, Views.feedName).naming, .fact("address", .text, "series.provider_symbol"),
      .fact("kind", .text, "coalesce(feed.kind, 'news')"), .fact("group_name", .text).minor,
      .fact("row_count", .integer, "series.row_count"),
    ],
    rhythm: nil,
    layout: .plain(
      from: "series LEFT JOIN feed ON feed.series_id = series.series_id",
      where: "series.dataset = 'news_item' AND series.removed_at IS NULL", order: "series.provider_symbol"),
    asset: nil, time: nil, identity: ["address"], meanings: meaningsOfNews)

  /// Each story once, as `news` shows it.
  static let newsArticle = NamedDataset(
    name: "news_article", title: "stories, each once, with the feeds that told it",
    columns: [
      .fact("article_id", .integer), .instant("published_at", "news_article.published_at"),
      .fact("source", .text, Views.feedName).naming, .fact("title", .text), .fact("summary", .text).minor,
      .fact("url", .text).minor,
      .fact("editions", .integer, count("*")).minor, .fact("sources", .integer, count("DISTINCT made.series_id")).minor,
    ],
    rhythm: nil,
    layout: .plain(
      from: "news_article JOIN series ON series.series_id = news_article.series_id",
      order: "news_article.published_at, news_article.article_id"),
    asset: nil, time: .instant("news_article.published_at"), identity: ["article_id"], meanings: meaningsOfNews)

  private static func count(_ what: String) -> String {
    "(SELECT count(\(what)) FROM article_item AS made WHERE made.article_id = news_article.article_id)"
  }

  private static let newsMention = NamedDataset(
    name: "news_mention", title: "which followed assets articles name",
    columns: [
      .fact("article_id", .integer, "news_mention.article_id"), .fact("asset_id", .integer, "news_mention.asset_id"),
      .fact("rule", .text), .fact("relevance", .real).minor, .fact("sentiment", .real).minor,
      .fact("sentiment_source", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "news_mention", order: "article_id, asset_id"), asset: "news_mention.asset_id",
    time: nil, identity: ["article_id", "asset_id"], meanings: meaningsOfNews)

  private static let factNewsArticles = NamedDataset(
    name: "fact_news_articles", title: "articles and whom they are about, as a star",
    columns: [
      .fact("article_id", .integer), .fact("date", .text), .fact("source", .text).naming, .fact("title", .text),
      .fact("summary", .text).minor, .fact("url", .text).minor, .fact("related_tickers", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "fact_news_articles", order: "date, article_id"), asset: nil,
    time: .day("substr(date, 1, 10)"), identity: ["article_id"], meanings: meaningsOfNews)

  private static let balancedNews = NamedDataset(
    name: "vw_balanced_news_7d", title: "a week's articles, of each class about as many",
    columns: [
      .fact("article_id", .integer), .fact("date", .text), .fact("source", .text).naming, .fact("asset_class", .text),
      .fact("title", .text), .fact("url", .text).minor,
    ],
    rhythm: nil, layout: .plain(from: "vw_balanced_news_7d", order: "date, article_id, asset_class"), asset: nil,
    time: .day("substr(date, 1, 10)"), identity: ["article_id", "asset_class"], meanings: meaningsOfNews)

  /// What the columns of items mean; their source is a provider.
  package static let meaningsOfItems = meaningsOfNews.filter { $0.key != "source" }

  /// What the columns of news mean, of items and of articles.
  static let meaningsOfNews: [String: ColumnMeaning] = [
    "address": ColumnMeaning(text: "where the feed lies", unit: nil),
    "kind": ColumnMeaning(text: "news, or social for what people write to each other", unit: nil),
    "group_name": ColumnMeaning(text: "name under which feeds are found together", unit: nil),
    "row_count": ColumnMeaning(text: "items stored", unit: "items"),
    "article_id": ColumnMeaning(text: "number of the article, which `why article` takes", unit: nil),
    "published_at": ColumnMeaning(text: "when it was published; of an article its newest edition", unit: "UTC"),
    "date": ColumnMeaning(text: "when it was published", unit: "UTC"),
    "source": ColumnMeaning(text: "the feed by its name, or by its host", unit: nil),
    "title": ColumnMeaning(text: "title without markup", unit: nil),
    "summary": ColumnMeaning(text: "what the feed says of it in a few sentences, without markup", unit: nil),
    "link": ColumnMeaning(text: "where it can be read, as the feed says", unit: nil),
    "url": ColumnMeaning(text: "the address without what only tracks readers", unit: nil),
    "tags": ColumnMeaning(text: "what the feed files it under, a line each", unit: nil),
    "tickers": ColumnMeaning(
      text: "what a provider files it under, a line each: symbol, relevance, sentiment; - for what is not told",
      unit: nil),
    "guid": ColumnMeaning(text: "what the feed tells it apart by, else its address, else its title", unit: nil),
    "day": ColumnMeaning(text: "day of publication; 1970-01-01 where the feed tells none", unit: "UTC"),
    "as_of_date": ColumnMeaning(text: "day of publication; 1970-01-01 where the feed tells none", unit: "UTC"),
    "editions": ColumnMeaning(text: "how many items of feeds belong to it", unit: "items"),
    "sources": ColumnMeaning(text: "how many feeds told it", unit: "feeds"),
    "asset_id": ColumnMeaning(text: "the asset that it names", unit: nil),
    "rule": ColumnMeaning(text: "how it names it: cashtag, bracket, symbol, name, class, tag, ticker", unit: nil),
    "relevance": ColumnMeaning(text: "how much it is about it, by who tells it; 0 to 1", unit: nil),
    "sentiment": ColumnMeaning(text: "how it speaks of it, by who tells it; -1 to 1", unit: nil),
    "sentiment_source": ColumnMeaning(text: "who judged that", unit: nil),
    "asset_class": ColumnMeaning(text: "class of the assets that it names", unit: nil),
    "related_tickers": ColumnMeaning(text: "the assets that it names, as a JSON array", unit: nil),
  ]
}
