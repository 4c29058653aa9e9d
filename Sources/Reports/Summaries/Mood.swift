import Market

/// What the sentiment index said on a day; there is a mood where the file follows an index at all.
struct Mood: Hashable {
  let today: SentimentValue?
  let dayBefore: SentimentValue?
}
