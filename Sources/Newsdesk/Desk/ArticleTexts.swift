import GRDB

extension Database {
  /// Notes in `temp.article_text` the texts of articles as the index of words is told of them.
  package func noteArticleTexts() throws {
    let articles = try Row.fetchCursor(self, sql: "SELECT article_id, title, summary FROM news_article")
    while let row = try articles.next() {
      try execute(
        sql: "INSERT INTO temp.article_text (article_id, title, summary) VALUES (?, ?, ?)",
        arguments: [
          row["article_id"] as Int64, SearchText.indexed(row["title"]),
          (row["summary"] as String?).map(SearchText.indexed),
        ])
    }
  }

  /// Notes in `temp.story_words` a bit of each word of the articles.
  package func noteStoryWords() throws {
    let articles = try Row.fetchCursor(self, sql: "SELECT article_id, words FROM news_article")
    while let row = try articles.next() {
      let bits = WordBits(of: (row["words"] as String).split(separator: " ").map(String.init))
      try execute(
        sql: "INSERT INTO temp.story_words (article_id, bits) VALUES (?, ?)",
        arguments: [row["article_id"] as Int64, Int64(bitPattern: bits.all)])
    }
  }
}
