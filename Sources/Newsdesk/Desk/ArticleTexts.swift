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
}
