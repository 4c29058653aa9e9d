import Formats
import Market

/// What happened to a share beside its prices, as a chart tells it.
struct YahooEvent {
  let kind: CorporateActionKind
  /// The opening of the day from which it counts, in seconds of the epoch; `nil` where it is unreadable.
  let date: Int64?
  /// Money a share, or new shares for an old one; `nil` where it is unreadable.
  let value: Double?
  /// Where it is told and is another one than that of the prices.
  let currency: String?
  let excerpt: String
  /// The way to the figure, and its bytes: for a split the whole event.
  let path: JSONPath
  let bytes: Range<Int>

  /// `{"dividends":{"1596807000":{"amount":0.205,"date":1596807000}},"splits":{…},"capitalGains":{…}}`
  static func all(_ cursor: inout JSONCursor) throws(JSONFault) -> [YahooEvent] {
    var events: [YahooEvent] = []
    if cursor.takeNull() { return events }
    let path = JSONPath.root.member("chart").member("result").element(0).member("events")
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      guard let kind = kinds[name.string] else { return try cursor.skipValue(toleratingWords: true) }
      let group = path.member(name.string)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        events.append(try YahooEvent(kind, &cursor, at: group.member(name.string)))
      }
    }
    return events
  }

  private static let kinds: [String: CorporateActionKind] = [
    "dividends": .dividend, "splits": .split, "capitalGains": .capitalGain,
  ]

  private init(_ kind: CorporateActionKind, _ cursor: inout JSONCursor, at path: JSONPath) throws(JSONFault) {
    _ = cursor.peek()
    let start = cursor.offset
    var (date, amount, numerator, denominator): (Int64?, Double?, Double?, Double?)
    var currency: String?
    var amountBytes: Range<Int>?
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "date": date = try? cursor.integer()
      case "amount": amount = try? cursor.decimal()
      case "numerator": numerator = try? cursor.decimal()
      case "denominator": denominator = try? cursor.decimal()
      case "currency": currency = try? cursor.textOrNull()
      default: break
      }
      cursor.offset = start
      try cursor.skipValue(toleratingWords: true)
      if name == "amount" { amountBytes = start..<cursor.offset }
    }
    let whole = start..<cursor.offset
    self.kind = kind
    self.date = date
    self.currency = currency
    excerpt = Excerpt.of(cursor.bytes(from: start))
    if kind == .split {
      (self.path, bytes) = (path, whole)
      value = numerator.flatMap { new in denominator.flatMap { $0 > 0 && new > 0 ? new / $0 : nil } }
    } else {
      (self.path, bytes) = (path.member("amount"), amountBytes ?? whole)
      value = amount.map(SinglePrecision.meant)
    }
  }
}
