import Market

/// All that a text about one day may state, and the names by which its assets are known.
package struct GuardedFacts: Sendable {
  /// Symbol of the asset that the text is about; `nil` for the market.
  let subject: String?
  let day: Day
  /// Every name of each asset that is spoken of, its symbol included.
  let names: [String: [String]]
  let figures: [SuppliedFigure]
  /// Days that a text may name, its own included.
  let days: Set<Day>
  /// Minutes of the day that it may name.
  let minutes: Set<Int>
  /// The English name of the language that it is written in.
  let language: String
  /// What the provider of the index calls the mood of the day: `Extreme Fear`; `nil` where it is not known.
  let mood: String?

  init(
    subject: String?, day: Day, names: [String: [String]], figures: [SuppliedFigure], days: Set<Day>, minutes: Set<Int>,
    language: String, mood: String? = nil
  ) {
    self.subject = subject
    self.day = day
    self.names = names
    self.figures = figures
    self.days = days.union([day])
    self.minutes = minutes
    self.language = language
    self.mood = mood
  }
}
