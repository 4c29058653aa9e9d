import Market

extension NamedDataset {
  /// What is written about each theme, a row a day.
  package static let themeDay = NamedDataset(
    name: "theme_day", title: "how much is written about a theme a day, and in what tone",
    columns: [
      .fact("as_of_date", .text), .fact("theme", .text).naming, .fact("volume", .integer),
      .fact("norm", .integer).minor,
      .fact("share", .real), .fact("tone", .real), .fact("query", .text).minor, .fact("source", .text).minor,
    ],
    rhythm: .daily, layout: .plain(from: "theme_day", order: "theme, query, as_of_date"), asset: nil,
    time: .day("as_of_date"), identity: ["source", "query", "as_of_date"],
    meanings: [
      "as_of_date": ColumnMeaning(text: "day in which articles were seen; the newest one may still move", unit: "date"),
      "theme": ColumnMeaning(text: "what the theme is called", unit: nil),
      "volume": ColumnMeaning(text: "articles about the theme", unit: "articles"),
      "norm": ColumnMeaning(text: "articles about anything", unit: "articles"),
      "share": ColumnMeaning(text: "volume ÷ norm", unit: "fraction"),
      "tone": ColumnMeaning(
        text: "how its articles are worded on average, gloomy below 0; empty without an article", unit: "-100 to 100"),
      "query": ColumnMeaning(text: "the theme in the source's language", unit: nil),
      "source": ColumnMeaning(text: "who counts", unit: nil),
    ])
}
