import Formats
import Market

/// A time as a table writes it, not yet placed on the clock of a zone.
enum WrittenTime: Hashable {
  /// An epoch, with the unit that its size tells.
  case epoch(seconds: Int64, isWhole: Bool, EpochUnit)
  /// A date and perhaps a time of day: seconds since the epoch as if it were UTC, and seconds east of UTC where it says.
  case wall(seconds: Int64, hasTime: Bool, offset: Int64?)
}

/// What an epoch counts, told by its size: 10¹¹ s is the year 5138, 10¹¹ ms is 1973.
enum EpochUnit: Int, CaseIterable { case seconds, milliseconds, microseconds, nanoseconds }

/// Reads times in every form that tables have: epochs, ISO, American and European dates, named months, half days.
///
/// Impossible dates and mangled numbers (`1.53618E+12`) are no times; nothing rolls over.
struct TimeText {
  /// What a date of three numbers with the year last begins with; `nil` where that is not known.
  var order: ImportOrder.DateOrder?

  func read(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> WrittenTime? {
    // Within quotes a table keeps blanks.
    var (begin, end) = (range.lowerBound, range.upperBound)
    while begin < end, bytes[begin] == 0x20 { begin += 1 }
    while end > begin, bytes[end - 1] == 0x20 { end -= 1 }
    var cursor = TimeCursor(bytes: bytes, position: begin, end: end)
    guard var first = cursor.peek else { return nil }
    if first | 0x20 > 0x60 {
      cursor.skipWeekday()
      first = cursor.peek ?? first
    }
    let digits = cursor.countDigits()
    if digits >= 9 || first == UInt8(ascii: "-") { return TimeText.epoch(&cursor) }
    guard let day = cursor.date(digits: digits, order) else { return nil }
    let start = day.start.epochSeconds
    if cursor.isAtEnd { return .wall(seconds: start, hasTime: false, offset: nil) }
    guard let time = cursor.timeOfDay() else { return nil }
    guard let offset = cursor.offset() else { return nil }
    return cursor.isAtEnd ? .wall(seconds: start + time, hasTime: true, offset: offset.seconds) : nil
  }

  /// A time of day in a field of its own, in seconds.
  static func timeOfDay(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int64? {
    var cursor = TimeCursor(bytes: bytes, position: range.lowerBound, end: range.upperBound)
    guard let time = cursor.clock(), cursor.isAtEnd else { return nil }
    return time
  }

  private static func epoch(_ cursor: inout TimeCursor) -> WrittenTime? {
    guard let ticks = DecimalText.integer(cursor.bytes, from: &cursor.position, to: cursor.end) else { return nil }
    var isWhole = true
    if cursor.take(UInt8(ascii: ".")) {
      guard cursor.countDigits() > 0 else { return nil }
      while let byte = cursor.peek, byte &- 48 < 10 {
        if byte != 48 { isWhole = false }
        cursor.position += 1
      }
    }
    guard cursor.isAtEnd else { return nil }
    let size = abs(ticks)
    if size < 100_000_000_000 { return .epoch(seconds: ticks, isWhole: isWhole, .seconds) }
    let (divisor, unit): (Int64, EpochUnit) =
      switch size {
      case ..<100_000_000_000_000: (1000, .milliseconds)
      case ..<100_000_000_000_000_000: (1_000_000, .microseconds)
      default: (1_000_000_000, .nanoseconds)
      }
    let (quotient, rest) = ticks.quotientAndRemainder(dividingBy: divisor)
    return .epoch(seconds: quotient, isWhole: isWhole && rest == 0, unit)
  }

  /// The numbers of a date that begins with at most two digits, if the text is one: for telling their order from many.
  static func threeNumbers(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> (first: Int, second: Int, yearDigits: Int)? {
    var cursor = TimeCursor(bytes: bytes, position: range.lowerBound, end: range.upperBound)
    cursor.skipWeekday()
    guard cursor.countDigits() <= 2, let first = cursor.number(upTo: 2), let mark = cursor.peek,
      TimeCursor.dateMarks.contains(mark)
    else { return nil }
    cursor.position += 1
    guard let second = cursor.number(upTo: 2), cursor.take(mark) else { return nil }
    let digits = cursor.countDigits()
    return digits > 0 && digits != 3 ? (first, second, digits < 4 ? 2 : 4) : nil
  }
}

/// A position in the text of a time.
struct TimeCursor {
  let bytes: UnsafePointer<UInt8>
  var position: Int
  let end: Int

  static let dateMarks: [UInt8] = Array("/-.".utf8)

  var isAtEnd: Bool { position == end }
  var peek: UInt8? { position < end ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// How many digits follow.
  func countDigits() -> Int {
    var index = position
    while index < end, bytes[index] &- 48 < 10 { index += 1 }
    return index - position
  }

  mutating func number(upTo limit: Int) -> Int? {
    let count = countDigits()
    guard count > 0, count <= limit else { return nil }
    return number(digits: count)
  }

  mutating func number(digits: Int) -> Int? {
    guard countDigits() >= digits else { return nil }
    var value = 0
    for index in position..<position + digits { value = value * 10 + Int(bytes[index] - 48) }
    position += digits
    return value
  }

  mutating func date(digits: Int, _ order: ImportOrder.DateOrder?) -> Day? {
    switch digits {
    case 8:
      guard let year = number(digits: 4), let month = number(digits: 2), let day = number(digits: 2) else { return nil }
      return Day(year: year, month: month, day: day)
    case 4:
      guard let year = number(digits: 4), let mark = peek, TimeCursor.dateMarks.contains(mark) else { return nil }
      position += 1
      guard let month = number(upTo: 2), take(mark), let day = number(upTo: 2) else { return nil }
      return Day(year: year, month: month, day: day)
    case 1, 2: return dayFirst(order)
    case 0: return monthFirst()
    default: return nil
    }
  }

  /// `4-Mar-20`, `11 Jan 2024`, `02/01/2025`.
  private mutating func dayFirst(_ order: ImportOrder.DateOrder?) -> Day? {
    guard let first = number(upTo: 2), let mark = peek, TimeCursor.dateMarks.contains(mark) || mark == 0x20 else {
      return nil
    }
    position += 1
    if let byte = peek, byte &- 48 >= 10 {
      guard let month = monthName() else { return nil }
      _ = take(mark) || take(0x20)
      guard let year = year() else { return nil }
      return Day(year: year, month: month, day: first)
    }
    if order == .ymd {
      guard let year = TimeCursor.century(first), let month = number(upTo: 2), take(mark), let day = number(upTo: 2)
      else { return nil }
      return Day(year: year, month: month, day: day)
    }
    guard let order, let second = number(upTo: 2), take(mark), let year = year() else { return nil }
    return order == .dmy ? Day(year: year, month: second, day: first) : Day(year: year, month: first, day: second)
  }

  /// `Sep 19, 2025`, `September 19 2025`
  private mutating func monthFirst() -> Day? {
    guard let month = monthName() else { return nil }
    _ = take(UInt8(ascii: "."))
    guard take(0x20) || take(UInt8(ascii: "-")), let day = number(upTo: 2) else { return nil }
    _ = take(UInt8(ascii: ","))
    guard take(0x20) || take(UInt8(ascii: "-")), let year = year() else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// Two digits lie within 1970 to 2069.
  private mutating func year() -> Int? {
    switch countDigits() {
    case 4: return number(digits: 4)
    case 2: return number(digits: 2).flatMap(TimeCursor.century)
    default: return nil
    }
  }

  private static func century(_ year: Int) -> Int? { year < 70 ? 2000 + year : 1900 + year }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ].map { Array($0.utf8) }

  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map {
    Array($0.utf8)
  }

  /// Goes behind `Mon, ` and `Tuesday `, which say nothing that the date does not.
  mutating func skipWeekday() {
    let begin = position
    var word: [UInt8] = []
    while let byte = peek, (97...122).contains(byte | 0x20), word.count < 10 {
      word.append(byte | 0x20)
      position += 1
    }
    let isOne = TimeCursor.weekdays.contains { $0 == word || word.count == 3 && $0.starts(with: word) }
    let hasMark = take(UInt8(ascii: ",")) || take(UInt8(ascii: "."))
    guard isOne, take(0x20) || hasMark else {
      position = begin
      return
    }
  }

  private mutating func monthName() -> Int? {
    var word: [UInt8] = []
    while let byte = peek, (97...122).contains(byte | 0x20), word.count < 10 {
      word.append(byte | 0x20)
      position += 1
    }
    guard word.count >= 3 else { return nil }
    if word == Array("sept".utf8) { return 9 }
    return TimeCursor.months.firstIndex { word.count == 3 ? $0.starts(with: word) : $0 == word }.map { $0 + 1 }
  }

  /// What follows a date: `T13:00`, ` 13:00:00.000`, ` 1:00 PM`, ` 05-AM`.
  mutating func timeOfDay() -> Int64? {
    _ = take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: "t")) || take(0x20) else { return nil }
    return clock()
  }

  mutating func clock() -> Int64? {
    let begin = position
    guard var hour = number(upTo: 2) else {
      // 130000
      position = begin
      guard countDigits() == 6, let hour = number(digits: 2), let minute = number(digits: 2),
        let second = number(digits: 2), hour < 24, minute < 60, second < 60
      else { return nil }
      return Int64(hour * 3600 + minute * 60 + second)
    }
    var minute = 0
    var second = 0
    var hasMinutes = false
    if take(UInt8(ascii: ":")) {
      hasMinutes = true
      guard let read = number(digits: 2), read < 60 else { return nil }
      minute = read
      if take(UInt8(ascii: ":")) {
        guard let read = number(digits: 2), read < 60 else { return nil }
        second = read
        if take(UInt8(ascii: ".")) {
          guard countDigits() > 0 else { return nil }
          position += countDigits()
        }
      }
    }
    if let half = halfOfDay() {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (half ? 12 : 0)
    } else if !hasMinutes {
      return nil
    }
    guard hour < 24 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  /// Whether `PM` follows; `nil` where neither half of the day does.
  private mutating func halfOfDay() -> Bool? {
    var index = position
    if index < end, bytes[index] == 0x20 || bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard index + 1 < end, bytes[index + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
    let letter = bytes[index] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
    position = index + 2
    return letter == UInt8(ascii: "p")
  }

  /// `Z`, ` UTC`, `+02:00`, `-0500`; a time without one is told apart from a time that is wrong (`nil`).
  mutating func offset() -> (seconds: Int64?, Void)? {
    if isAtEnd { return (nil, ()) }
    if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return (0, ()) }
    _ = take(0x20)
    let rest = String(decoding: UnsafeBufferPointer(start: bytes + position, count: end - position), as: UTF8.self)
    if rest == "UTC" || rest == "GMT" {
      position = end
      return (0, ())
    }
    // `GMT+0200`, as Dukascopy writes local times.
    if let name = peek, name == UInt8(ascii: "G") || name == UInt8(ascii: "U") {
      guard end - position > 3,
        ["GMT", "UTC"].contains(String(decoding: UnsafeBufferPointer(start: bytes + position, count: 3), as: UTF8.self))
      else { return nil }
      position += 3
    }
    let sign: Int64 = take(UInt8(ascii: "+")) ? 1 : take(UInt8(ascii: "-")) ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), hours <= 18 else { return nil }
    _ = take(UInt8(ascii: ":"))
    let minutes = isAtEnd ? 0 : number(digits: 2)
    guard let minutes, minutes < 60 else { return nil }
    if take(UInt8(ascii: ":")) { guard number(digits: 2) != nil else { return nil } }
    return (sign * Int64(hours * 3600 + minutes * 60), ())
  }
}
