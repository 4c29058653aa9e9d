/// How `why` asks for a row of a kind: the grammar of its question.
package enum AskedForm: Hashable, Sendable {
  /// `BTC 2025-09-19T13:00Z close`: by asset and instant, of the chosen series unless a source is named.
  case price
  /// `fng 2025-09-19`: by the name of an index and a day.
  case index
  /// `flow IBIT 2025-09-19`: by a fund and a day.
  case fund
  /// `macro GDP 2024-04-01`: by the id of an economic series and the day of a period; what was published last of it.
  case macro
  /// `theme armed-conflict 2025-09-19 tone`: by the name of a theme or its query, a day and what is told of it.
  case theme
  /// `headline ecb 2025-09-19 41 words`: by the kind itself, the name of the series and the parts of the key.
  case row
}
