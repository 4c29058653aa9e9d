extension Migration {
  /// What providers file items of news under, with what they think of it.
  package static let newsTickers = Migration(
    number: 17, name: "news_tickers",
    sql: """
      ALTER TABLE news_item ADD COLUMN tickers TEXT;
      ALTER TABLE news_item_restatement ADD COLUMN tickers TEXT;

      """)
}
