import Formats
import Market

/// `{"fear_and_greed":{…},"fear_and_greed_historical":{"timestamp":…,"score":…,"rating":…,"data":[{"x":1619395200000.0,
/// "y":51.03,"rating":"neutral"}]},"market_momentum_sp500":{…}}`, oldest first; times are milliseconds as fractions.
struct CNNPayload {
  struct Point {
    /// Milliseconds; `nil` where it is no whole number of them.
    var time: Int64?
    var value: Amount?
    var rating: String?
    var excerpt = ""
    /// Where the value and the rating lie.
    var valueBytes = 0..<0
    var ratingBytes: Range<Int>?
  }
  /// The index, or one of its components.
  struct Part {
    var points: [Point] = []
    /// When the head was computed, in milliseconds.
    var time: Int64?
    var score: Amount?
    var scoreBytes = 0..<0
  }

  private(set) var parts: [String: Part] = [:]

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var met: Set<String> = []
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      let name = name.string
      guard name == CNNSeries.index || CNNSeries.components.contains(name), cursor.peek() == UInt8(ascii: "{") else {
        return try cursor.skipValue(toleratingWords: true)
      }
      var isTwice = !met.insert(name).inserted
      if isTwice { try cursor.meet(&isTwice) }
      parts[name] = try Self.part(&cursor)
    }
  }

  private static func part(_ cursor: inout JSONCursor) throws(JSONFault) -> Part {
    var (part, hasData, hasScore, hasTime) = (Part(), false, false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "data":
        try cursor.meet(&hasData)
        try cursor.eachObject(point) { read, bytes, cursor in
          var point = read ?? Point()
          point.excerpt = Excerpt.of(cursor.bytes(from: bytes.lowerBound))
          part.points.append(point)
        }
      case "score":
        try cursor.meet(&hasScore)
        part.score = try cursor.amount()
        part.scoreBytes = start..<cursor.offset
      case "timestamp":
        try cursor.meet(&hasTime)
        part.time = milliseconds(try cursor.amount())
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return part
  }

  private static func point(_ cursor: inout JSONCursor) throws(JSONFault) -> Point {
    var (point, hasTime, hasValue, hasRating) = (Point(), false, false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "x":
        try cursor.meet(&hasTime)
        point.time = milliseconds(try cursor.amount())
      case "y":
        try cursor.meet(&hasValue)
        point.value = try cursor.amount()
        point.valueBytes = start..<cursor.offset
      case "rating":
        try cursor.meet(&hasRating)
        point.rating = try cursor.textOrNull()
        if point.rating != nil { point.ratingBytes = start..<cursor.offset }
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return point
  }

  private static func milliseconds(_ amount: Amount) -> Int64? { amount.number.flatMap { Int64(exactly: $0) } }
}

extension CNNPayload.Part {
  /// The instant of a point, and whether it is the whole day or the moment of the computation; `nil` for what is neither.
  static func moment(_ time: Int64?) -> (at: Instant, isDay: Bool)? {
    guard let time, (0...253_402_300_799_000).contains(time) else { return nil }
    return (Instant(epochSeconds: time / 1000), time % 86_400_000 == 0)
  }

  /// The place of the point that counts for each day: the last of it, which is the moment of the computation.
  var lastOfDay: [Day: Int] {
    var found: [Day: Int] = [:]
    for (index, point) in points.enumerated() {
      guard let moment = Self.moment(point.time), moment.isDay || index == points.count - 1 else { continue }
      found[moment.at.day] = index
    }
    return found
  }
}
