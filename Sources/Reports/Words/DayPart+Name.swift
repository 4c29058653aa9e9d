import Market

extension DayPart {
  /// For people: `Asia`.
  var title: String {
    switch self {
    case .asia: "Asia"
    case .europe: "Europe"
    case .us: "US"
    }
  }

  /// The hour of the UTC day at which it begins; it lasts eight.
  var firstHour: Int {
    switch self {
    case .asia: 0
    case .europe: 8
    case .us: 16
    }
  }

  /// `00–08`
  var hours: String {
    switch self {
    case .asia: "00–08"
    case .europe: "08–16"
    case .us: "16–24"
    }
  }

  func start(of day: Day) -> Instant { day.start + Int64(firstHour) * 3600 }
  func end(of day: Day) -> Instant { day.start + Int64(firstHour + 8) * 3600 }
}
