import Market

/// Labels along an axis of times whose values stand at equal distances: a weekend takes no room.
///
/// The finest grain is taken whose labels stand apart: hours, days, weeks from their Monday, months, quarters, years.
struct TimeAxis {
  /// One label and where it stands.
  struct Tick: Hashable {
    let index: Int
    let label: String
  }

  let ticks: [Tick]

  /// - Parameters:
  ///   - times: oldest first.
  ///   - spacing: pixels from one to the next.
  init(_ times: [Instant], spacing: Double) {
    guard let first = times.first else {
      ticks = []
      return
    }
    let step = times.count > 1 ? max(times[1] - first, 1) : 86_400
    let grains = Grain.all.filter { $0.seconds >= step || step > 86_400 * 300 }
    let choices = grains.lazy.map { TimeAxis.ticks(of: $0, in: times, step: step) }
    ticks =
      choices.first { !$0.isEmpty && TimeAxis.standApart($0, spacing) }
      ?? [Tick(index: 0, label: step < 86_400 ? first.minute : first.day.short)]
  }

  private static func ticks(of grain: Grain, in times: [Instant], step: Int64) -> [Tick] {
    var before = times.first.map { grain.number(of: $0 - step) }
    return times.enumerated().compactMap { index, time in
      let number = grain.number(of: time)
      defer { before = number }
      return number == before ? nil : Tick(index: index, label: grain.label(time))
    }
  }

  private static func standApart(_ ticks: [Tick], _ spacing: Double) -> Bool {
    zip(ticks, ticks.dropFirst()).allSatisfy { one, next in
      let distance = Double(next.index - one.index) * spacing
      return distance >= (Canvas.width(of: one.label) + Canvas.width(of: next.label)) / 2 + 12
    }
  }
}

/// How far apart labels of time stand.
private enum Grain {
  case hours(Int64)
  case days(Int64)
  case months(Int)

  static let all: [Grain] = [
    .hours(1), .hours(2), .hours(3), .hours(6), .hours(12), .days(1), .days(2), .days(7), .days(14), .months(1),
    .months(3), .months(6), .months(12), .months(24), .months(60), .months(120), .months(240),
  ]

  /// About how long it is.
  var seconds: Int64 {
    switch self {
    case .hours(let count): count * 3600
    case .days(let count): count * 86_400
    case .months(let count): Int64(count) * 2_592_000
    }
  }

  /// The number of the stretch that holds an instant; weeks begin on Mondays.
  func number(of instant: Instant) -> Int64 {
    switch self {
    case .hours(let count): return Self.floored(instant.epochSeconds, by: count * 3600)
    // The first Monday was the fifth day.
    case .days(let count) where count >= 7: return Self.floored(Int64(instant.day.daysSinceEpoch) - 4, by: count)
    case .days(let count): return Self.floored(Int64(instant.day.daysSinceEpoch), by: count)
    case .months(let count):
      let (year, month, _) = instant.day.parts
      return Int64((year * 12 + month - 1) / count)
    }
  }

  private static func floored(_ value: Int64, by size: Int64) -> Int64 {
    value >= 0 ? value / size : (value - size + 1) / size
  }

  /// `06:00`, `8 Sep`, `Sep`, and `2025` where a year begins.
  func label(_ instant: Instant) -> String {
    let (year, month, _) = instant.day.parts
    return switch self {
    case .hours: instant.secondOfDay == 0 ? instant.day.short : instant.minute
    case .days: instant.day.short
    case .months(let count): count >= 12 || month == 1 ? "\(year)" : String(instant.day.short.suffix(3))
    }
  }
}
