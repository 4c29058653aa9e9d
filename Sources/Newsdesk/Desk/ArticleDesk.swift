import GRDB
import Market
import SQLite
import Schema

/// Makes articles of items as they are stored: what is one story is one article, whoever tells it.
///
/// Called in the transaction that stores the items of a feed, so that a rebuild, which stores the same answers in the same
/// order, makes the same articles. Its work follows the items that are new. The index of words is told of them afterwards,
/// by `ArticleIndex.catchUp`.
package struct ArticleDesk {
  let db: Database
  private let statements: Statements
  private let matched: MatchedSymbols
  private let index: ArticleIndex

  /// At work in a transaction.
  package init(_ db: Database) {
    self.db = db
    statements = Statements(db)
    index = ArticleIndex(db)
    matched = MatchedSymbols(db)
  }

  /// Takes what is new or told otherwise among the items of a feed on some days.
  ///
  /// - Parameter days: since the epoch, in any order.
  package func take(_ days: some Sequence<Int32>, of series: SeriesID) throws {
    for day in days.sorted() {
      for item in try open(Day(daysSinceEpoch: day), of: series) {
        if let article = item.article { try edit(article, item) } else { try file(item) }
      }
    }
  }

  /// The items of a day that no article holds as they are now, oldest first.
  private func open(_ day: Day, of series: SeriesID) throws -> [DeskItem] {
    let query = try DirectStatement(keptBy: db, ArticleStatements.openItems)
    query.bind(series.rawValue, at: 1)
    query.bind(day.description, at: 2)
    var items: [DeskItem] = []
    while try query.step() { items.append(DeskItem(query, series: series, day: day.description)) }
    return items
  }

  // MARK: A new item

  private func file(_ item: DeskItem) throws {
    if let known = try item.url.flatMap({ try self.article(under: $0) }) { return try edit(known, item) }
    let title = Title(item.title)
    let story = Story(of: title)
    let keys = story.keys.map { Int64(bitPattern: $0) }
    let words = WordBits(of: story.words)
    if let same = try sameStory(as: story, keys, words, at: item.publishedAt) { return try edit(same, item) }
    let article = try begin(item, title, story, keys, words)
    try put(item, into: article)
    if item.hasTickers { try tellTickers(of: article) }
  }

  private func article(under url: String) throws -> Int64? {
    let query = try DirectStatement(keptBy: db, ArticleStatements.articleUnderLink)
    query.bind(url, at: 1)
    return try query.step() ? query.integer(0) : nil
  }

  /// The oldest article that tells the same story within two days.
  private func sameStory(
    as story: Story, _ keys: [Int64], _ words: WordBits, at time: Instant
  ) throws -> Int64? {
    var seen: Set<Int64> = []
    for key in keys {
      let query = try DirectStatement(keptBy: db, ArticleStatements.candidates)
      query.bind(key, at: 1)
      query.bind(time.epochSeconds - Story.window, at: 2)
      query.bind(time.epochSeconds + Story.window, at: 3)
      while try query.step() {
        if words.mayBeSame(as: UInt64(bitPattern: query.integer(1))) { seen.insert(query.integer(0)) }
      }
    }
    let (numbers, assets) = (story.numbers.joined(separator: " "), story.assets.joined(separator: " "))
    return try seen.sorted().first { article in
      let query = try DirectStatement(keptBy: db, ArticleStatements.storyOfArticle)
      query.bind(article, at: 1)
      // Most candidates have other figures or assets, and their words need not be taken apart.
      guard try query.step(), query.text(1).isEqual(to: numbers), query.text(2).isEqual(to: assets) else {
        return false
      }
      return Story(words: query.words(0), numbers: story.numbers, assets: story.assets).isSame(as: story)
    }
  }

  private func begin(
    _ item: DeskItem, _ title: Title, _ story: Story, _ keys: [Int64], _ words: WordBits
  ) throws -> Int64 {
    let insert = try DirectStatement(keptBy: db, ArticleStatements.insertArticle)
    insert.bind(item.url, at: 1)
    insert.bind(item.publishedAt.epochSeconds, at: 2)
    insert.bind(item.title, at: 3)
    insert.bind(item.summary, at: 4)
    insert.bind(item.series.rawValue, at: 5)
    insert.bind(story.words.joined(separator: " "), at: 6)
    insert.bind(story.numbers.joined(separator: " "), at: 7)
    insert.bind(story.assets.joined(separator: " "), at: 8)
    try insert.run()
    let article = db.lastInsertedRowID
    let keep = try DirectStatement(keptBy: db, ArticleStatements.insertKey)
    for key in keys {
      keep.bind(key, at: 1)
      keep.bind(item.publishedAt.epochSeconds, at: 2)
      keep.bind(article, at: 3)
      keep.bind(Int64(bitPattern: words.all), at: 4)
      try keep.run()
    }
    try tell(mentions(of: item, title), of: article)
    return article
  }

  private func put(_ item: DeskItem, into article: Int64) throws {
    let write = try DirectStatement(
      keptBy: db, item.article == nil ? ArticleStatements.insertItem : ArticleStatements.updateItem)
    write.bind(item.series.rawValue, at: 1)
    write.bind(item.day, at: 2)
    write.bind(item.guid, at: 3)
    write.bind(article, at: 4)
    write.bind(item.fetch, at: 5)
    try write.run()
  }

  /// An address that two articles could have keeps its first.
  private func link(_ url: String, to article: Int64) throws {
    let keep = try DirectStatement(keptBy: db, ArticleStatements.insertLink)
    keep.bind(url, at: 1)
    keep.bind(article, at: 2)
    try keep.run()
  }

  // MARK: A known one

  /// What the feed says now stands in the article; which story it is was decided by its first title.
  private func edit(_ article: Int64, _ item: DeskItem) throws {
    try put(item, into: article)
    if let url = item.url, try self.article(under: url) == nil { try link(url, to: article) }
    let isRefreshed = try refresh(article, with: item)
    // Who came first does not count, and an item may be filed under less than before.
    let isForgotten = try forgetTickers(of: article)
    if isRefreshed || isForgotten || item.hasTickers { try tellTickers(of: article) }
  }

  /// The newest edition gives date and text.
  ///
  /// - Returns: whether the mentions were told anew, by words alone.
  private func refresh(_ article: Int64, with item: DeskItem) throws -> Bool {
    let query = try DirectStatement(keptBy: db, ArticleStatements.newestEdition)
    query.bind(article, at: 1)
    guard try query.step() else { return false }
    let newest = DeskItem(query, series: SeriesID(query.integer(9)), day: query.text(10))
    query.rewind()
    let shown = try DirectStatement(keptBy: db, ArticleStatements.shownText)
    shown.bind(article, at: 1)
    guard try shown.step() else { return false }
    let (title, summary) = (shown.text(1), shown.textIfAny(2))
    let isSame = title.isEqual(to: newest.title) && summary.isEqual(to: newest.summary)
    let isShown =
      isSame && shown.integer(0) == newest.publishedAt.epochSeconds && shown.integer(3) == newest.series.rawValue
    shown.rewind()
    // What another item says is in the article already.
    if isShown, !newest.isTheSame(as: item) { return false }
    if !isSame {
      try index.replace(article, title: title, summary: summary, by: newest.title, newest.summary)
    }
    let update = try DirectStatement(keptBy: db, ArticleStatements.updateArticle)
    update.bind(article, at: 1)
    update.bind(newest.publishedAt.epochSeconds, at: 2)
    update.bind(newest.title, at: 3)
    update.bind(newest.summary, at: 4)
    update.bind(newest.series.rawValue, at: 5)
    try update.run()
    try statements.run(ArticleStatements.forgetMentions, article)
    try tell(mentions(of: newest, Title(newest.title)), of: article)
    return true
  }

  private func mentions(of item: DeskItem, _ title: Title) throws -> [Mention] {
    Mention.all(of: title, summary: item.summary, tags: item.tags, matching: try matched.all)
  }

  /// Tells anew whom an article names, by the text of its newest edition.
  func tellAnew(_ article: Int64) throws {
    let query = try DirectStatement(keptBy: db, ArticleStatements.newestEdition)
    query.bind(article, at: 1)
    guard try query.step() else { return }
    let newest = DeskItem(query, series: SeriesID(query.integer(9)), day: query.text(10))
    query.rewind()
    try statements.run(ArticleStatements.forgetMentions, article)
    try tell(mentions(of: newest, Title(newest.title)), of: article)
    try tellTickers(of: article)
  }

  private func tell(_ mentions: [Mention], of article: Int64) throws {
    let insert = try DirectStatement(keptBy: db, ArticleStatements.insertMention)
    for mention in mentions {
      insert.bind(article, at: 1)
      insert.bind(mention.symbol, at: 2)
      insert.bind(mention.rule.rawValue, at: 3)
      try insert.run()
    }
  }
}

extension ArticleDesk {
  /// Tells of all articles anew what their items are filed under; changes nothing where that was done by today's rules.
  package func tellTickersAnew() throws {
    for article in try Int64.fetchAll(db, sql: ArticleStatements.articlesWithTickers) {
      _ = try forgetTickers(of: article)
      try tellTickers(of: article)
    }
  }

  private func forgetTickers(of article: Int64) throws -> Bool {
    var changes = 0
    for statement in ArticleStatements.forgetTickers {
      try statements.run(statement, article)
      changes += db.changesCount
    }
    return changes > 0
  }

  /// What any of its items is filed under, with what is thought of it.
  private func tellTickers(of article: Int64) throws {
    let query = try DirectStatement(keptBy: db, ArticleStatements.tickers)
    query.bind(article, at: 1)
    var told: [(tickers: [NewsTicker], source: String)] = []
    while try query.step() { told.append((NewsTicker.all(in: query.text(0)), query.text(1))) }
    let insert = try DirectStatement(keptBy: db, ArticleStatements.insertTicker)
    for (tickers, source) in told {
      for ticker in tickers {
        insert.bind(article, at: 1)
        insert.bind(ticker.symbol, at: 2)
        insert.bind(ticker.relevance, at: 3)
        insert.bind(ticker.sentiment, at: 4)
        insert.bind(ticker.sentiment == nil ? nil : source, at: 5)
        try insert.run()
      }
    }
  }
}

/// An item as the desk reads it.
private struct DeskItem {
  let series: SeriesID
  let day: String
  let guid: String
  /// When it was published, or else when we were first told.
  let publishedAt: Instant
  let title: String
  let url: String?
  let summary: String?
  let tags: [String]
  let fetch: Int64
  /// The article that holds it as it was told before.
  let article: Int64?
  /// Whether its provider files it under symbols.
  let hasTickers: Bool

  func isTheSame(as other: DeskItem) -> Bool {
    series == other.series && day == other.day && guid.utf8.elementsEqual(other.guid.utf8)
  }

  /// Reads the columns that `ArticleStatements.itemColumns` names.
  init(_ row: borrowing DirectStatement, series: SeriesID, day: String) {
    self.series = series
    self.day = day
    guid = row.text(0)
    publishedAt = Instant(epochSeconds: row.integer(1))
    title = row.text(2)
    url = row.textIfAny(3)
    summary = row.textIfAny(4)
    tags = row.text(5).split(separator: "\n").map(String.init)
    fetch = row.integer(6)
    article = row.isNull(7) ? nil : row.integer(7)
    hasTickers = !row.isNull(8)
  }
}

extension DirectStatement {
  fileprivate func words(_ column: Int32) -> [String] {
    bytes(column).split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  /// To the byte, as the index of words knows it.
  fileprivate func isEqual(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension String? {
  fileprivate func isEqual(to other: String?) -> Bool {
    guard let self, let other else { return self == nil && other == nil }
    return self.isEqual(to: other)
  }
}
