import Formats
import Market

/// The times of rows within the day, which are told by the clocks of the exchange.
///
/// They are when bars open. Until some day after 2020 they were when bars close; which of the two an answer means shows at
/// the ends of the sessions in it, and an answer without either cannot be believed.
struct AlphaVantageStamps {
  private let rhythm: Rhythm
  /// As the stamps say; `nil` for what is no time.
  private let told: [Instant?]
  private var evidence = Evidence()

  fileprivate struct Evidence {
    var (opensSession, closesSession, isLastOpening) = (false, false, false)
    /// Outside the session, from four in the morning to eight in the evening.
    var (isExtended, opensMorning, closesEvening, isLastOfEvening) = (false, false, false, false)

    /// `nil` where nothing tells.
    var areOpenings: Bool? {
      if isExtended { return closesEvening ? false : opensMorning || isLastOfEvening ? true : nil }
      return opensSession ? true : closesSession ? false : isLastOpening ? true : nil
    }
  }

  init(_ stamps: [String], zone: String?, _ rhythm: Rhythm) throws(ReadingError) {
    self.rhythm = rhythm
    guard var clock = Self.clock(zone) else {
      throw .shapeChanged(
        expected: "a zone of the tz database", found: Excerpt.of(zone ?? "none", limit: 40), offset: nil)
    }
    var told: [Instant?] = []
    told.reserveCapacity(stamps.count)
    for stamp in stamps {
      guard stamp.utf8.count == 19, let wall = Instant(stamp) else {
        told.append(nil)
        continue
      }
      guard case .one(let offset) = clock.meaning(of: wall.epochSeconds) else {
        told.append(nil)
        continue
      }
      told.append(wall - offset)
      evidence.look(at: wall - offset, wall, rhythm)
    }
    self.told = told
  }

  /// The opening of each row's bar.
  func openings() throws(ReadingError) -> [Instant?] {
    guard !told.isEmpty else { return [] }
    guard let areOpenings = evidence.areOpenings else {
      throw .shapeChanged(
        expected: "a row at an end of a session, which tells what times mean", found: "none", offset: nil)
    }
    return areOpenings ? told : told.map { $0.map { $0 - rhythm.grid.step } }
  }

  /// `US/Eastern` is a name of before, which not every machine knows.
  private static func clock(_ zone: String?) -> LocalClock? {
    let name = zone ?? "US/Eastern"
    return LocalClock(name == "US/Eastern" ? "America/New_York" : name)
  }
}

extension AlphaVantageStamps.Evidence {
  fileprivate mutating func look(at instant: Instant, _ wall: Instant, _ rhythm: Rhythm) {
    guard let session = rhythm.calendar.session(on: wall.day) else { return }
    let step = rhythm.grid.step
    let first = session.open.floored(to: step)
    let last = first + (session.close - first - 1) / step * step
    if instant == first { opensSession = true }
    if instant == session.close { closesSession = true }
    if instant == last { isLastOpening = true }
    guard instant < first || instant > session.close else { return }
    isExtended = true
    let second = wall.secondOfDay
    if second == 4 * 3600 { opensMorning = true }
    if second == 20 * 3600 { closesEvening = true }
    if second == 20 * 3600 - step { isLastOfEvening = true }
  }
}
