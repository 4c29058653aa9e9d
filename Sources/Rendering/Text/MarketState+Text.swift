import Market

extension MarketState {
  /// Whether the market is open, since when and until when, by the clocks of the person:
  /// `open since 15:30, until 22:00 CEST`.
  package var words: String { words(because: nil) }

  /// - Parameter reason: why a market is closed on a day on which it should be open, in the words of whoever noted that.
  package func words(because reason: String?) -> String {
    guard let since, let until else { return "always open" }
    let (start, end) = (LocalTime(since), LocalTime(until))
    var text =
      "\(isOpen ? "open" : "closed") since \(start.text(seenAt: at)), until \(end.text(seenAt: at)) \(end.zone)"
    if isOpen, session?.isShort == true { text += " (an early close)" }
    if let rest { text += reason.map { " (closed: \($0))" } ?? (rest == .holiday ? " (a holiday)" : " (a weekend)") }
    return text
  }

  /// The same in UTC, line by line.
  package var details: LabelledText {
    var text = LabelledText()
    text.add("at", at.description)
    text.add("session", session.map { $0.day.description + ($0.isShort ? ", which closes early" : "") } ?? "none")
    text.add("next open", nextOpen?.description ?? "none: it is always open")
    text.add("next close", nextClose?.description ?? "none")
    return text
  }

  /// The same for programs.
  package var json: JSONValue { .object(members) }

  /// The members of `json`, for an object that has others besides.
  package var members: [(String, JSONValue)] {
    [
      ("calendar", .string(calendar.rawValue)), ("at", .string(at.description)),
      ("state", .string(isOpen ? "open" : "closed")), ("session", .optional(session?.day.description)),
      ("closes_early", .bool(session?.isShort ?? false)), ("rest", .optional(rest?.rawValue)),
      ("since", .optional(since?.description)), ("until", .optional(until?.description)),
      ("next_open", .optional(nextOpen?.description)), ("next_close", .optional(nextClose?.description)),
    ]
  }
}
