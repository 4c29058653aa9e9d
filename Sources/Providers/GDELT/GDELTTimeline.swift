import Formats
import Market

/// `{"query_details":{"title":"…","date_resolution":"day"},"timeline":[{"series":"Article Count","data":[{"date":
/// "20240919T000000Z","value":41,"norm":431340}]}]}`, oldest first; `{}` where nothing was found.
struct GDELTTimeline {
  /// What a timeline is about; the raw value is its name in a request.
  enum Mode: String, CaseIterable {
    case volume = "timelinevolraw"
    case tone = "timelinetone"
  }

  struct Point {
    var date: String?
    var value: Amount?
    var norm: Amount?
    var valueBytes = 0..<0
    var normBytes = 0..<0
    var excerpt = ""
  }
  /// Of each line of the drawing that it is made for.
  private(set) var lines: [[Point]] = []
  /// Whether it holds something else in place of a timeline.
  private(set) var isOfAnotherShape = false

  /// - Parameter body: control characters and wrong escapes in it are mended, once.
  init(_ body: [UInt8]) throws(ReadingError) {
    do {
      self = try readingDocument(body) { (cursor) throws(JSONFault) in try GDELTTimeline(&cursor) }
    } catch {
      guard case .shapeChanged = error, let mended = Self.mended(body) else { throw error }
      self = try readingDocument(mended) { (cursor) throws(JSONFault) in try GDELTTimeline(&cursor) }
    }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var (hasTimeline, hasMembers) = (false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      hasMembers = true
      guard name == "timeline" else { return try cursor.skipValue(toleratingWords: true) }
      try cursor.meet(&hasTimeline)
      var more = try cursor.enterArray()
      while more {
        lines.append(try Self.line(&cursor))
        more = try cursor.nextElement()
      }
    }
    isOfAnotherShape = hasMembers && !hasTimeline
  }

  private static func line(_ cursor: inout JSONCursor) throws(JSONFault) -> [Point] {
    var (points, hasData) = ([Point](), false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      guard name == "data" else { return try cursor.skipValue(toleratingWords: true) }
      try cursor.meet(&hasData)
      try cursor.eachObject(point) { read, bytes, cursor in
        var point = read ?? Point()
        point.excerpt = Excerpt.of(cursor.bytes(from: bytes.lowerBound))
        points.append(point)
      }
    }
    return points
  }

  private static func point(_ cursor: inout JSONCursor) throws(JSONFault) -> Point {
    var (point, hasDate, hasValue, hasNorm) = (Point(), false, false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "date":
        try cursor.meet(&hasDate)
        point.date = try cursor.textOrNull()
      case "value":
        try cursor.meet(&hasValue)
        point.value = try cursor.amount()
        point.valueBytes = start..<cursor.offset
      case "norm":
        try cursor.meet(&hasNorm)
        point.norm = try cursor.amount()
        point.normBytes = start..<cursor.offset
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return point
  }
}

extension GDELTTimeline {
  /// What a point says of itself.
  enum Moment: Hashable {
    case day(Day)
    /// A time within a day.
    case within(Day)
  }

  /// `20240919T000000Z`; `nil` for anything else.
  static func moment(_ date: String?) -> Moment? {
    guard let date, date.utf8.count == 16, date.hasSuffix("Z"), let day = day(ofDigits: date.prefix(8)) else {
      return nil
    }
    let time = date.dropFirst(8).dropLast()
    guard time.first == "T", time.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }) else { return nil }
    return time == "T000000" ? .day(day) : .within(day)
  }

  /// The day of `20240919`.
  static func day(ofDigits text: some StringProtocol) -> Day? {
    let digits = Array(text.utf8)
    guard digits.count == 8, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
    return Day(year: number(0..<4), month: number(4..<6), day: number(6..<8))
  }

  /// The same with a blank for every control character and for every backslash that begins no escape, so that each byte
  /// stays where it was; `nil` where there is nothing to mend.
  static func mended(_ body: [UInt8]) -> [UInt8]? {
    let (blank, backslash) = (UInt8(ascii: " "), UInt8(ascii: "\\"))
    var (mended, index) = (body, 0)
    while index < mended.count {
      if mended[index] < 0x20 || mended[index] == 0x7F {
        mended[index] = blank
      } else if mended[index] == backslash {
        let length = Self.lengthOfEscape(mended[(index + 1)...])
        if length == 0 { mended[index] = blank } else { index += length }
      }
      index += 1
    }
    return mended == body ? nil : mended
  }

  /// Bytes behind a backslash that make an escape with it; 0 for none.
  private static func lengthOfEscape(_ rest: ArraySlice<UInt8>) -> Int {
    guard let first = rest.first else { return 0 }
    if first != UInt8(ascii: "u") { return "\"\\/bfnrt".utf8.contains(first) ? 1 : 0 }
    let digits = rest.dropFirst().prefix(4)
    let isHexadecimal = digits.allSatisfy {
      (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
    }
    return digits.count == 4 && isHexadecimal ? 5 : 0
  }
}
