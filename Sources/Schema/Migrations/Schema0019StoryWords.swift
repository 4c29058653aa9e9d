extension Migration {
  /// Beside each key of a story which words it has, so that most others that share the key are told apart without a look at
  /// the article; the address of an article itself stands with it alone, and what articles are filed under does not depend
  /// on who told it first.
  package static let storyWords = Migration(
    number: 19, name: "story_words", filled: [], preparation: .storyWords,
    changes: [
      .sql(
        """
        -- A bit of each word of the article.
        ALTER TABLE article_key ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
        UPDATE article_key SET words = told.bits FROM temp.story_words AS told
          WHERE told.article_id = article_key.article_id;
        DROP TABLE temp.story_words;
        DELETE FROM article_link WHERE EXISTS (
          SELECT 1 FROM news_article AS article
          WHERE article.url = article_link.url AND article.article_id = article_link.article_id);

        """)
    ])
}
