extension Migration {
  /// Words of titles and summaries, by which articles are found.
  ///
  /// The index holds no texts: those are in `news_article`, and it is told of each as `SearchText` writes it. The texts that
  /// are there already are in `temp.article_text`.
  package static let search = Migration(
    number: 16, name: "search", filled: [], preparation: .articleTexts,
    changes: [
      .sql(
        """
        CREATE VIRTUAL TABLE article_fts USING fts5(
          title, summary, content='', tokenize='unicode61 remove_diacritics 2');
        INSERT INTO article_fts (rowid, title, summary) SELECT article_id, title, summary FROM temp.article_text;
        DROP TABLE temp.article_text;

        """)
    ])
}
