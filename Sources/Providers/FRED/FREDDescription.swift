import Formats
import Market

/// What FRED says of a series itself: with a key its title, units, frequency and release; without one, how often values come
/// in its table.
extension FRED: MacroDirectory {
  /// Two questions with a key; one without.
  package func requests(about id: String, isKeyed: Bool, at now: Instant) -> [Request] {
    isKeyed
      ? [FREDAddress.description(of: id), FREDAddress.release(of: id)]
      : [FREDAddress.table(of: id, from: now.day - 5 * 366)]
  }

  /// Of a table only the frequency; its title is then the id.
  package func description(
    of id: String, in answers: [(answer: Answer, request: Request)]
  ) throws(ReadingError) -> MacroSeries {
    var (title, units, frequency, release): (String, String?, Frequency?, Int?) = (id, nil, nil, nil)
    for (answer, request) in answers {
      try FREDErrors.check(answer, about: id)
      switch FREDAddress.question(in: request) {
      case .description:
        let told = try Self.member("seriess", ["title", "units", "frequency"], in: answer)
        title = told["title"].map { Excerpt.of($0, limit: 200) } ?? id
        units = told["units"].flatMap { $0.isEmpty ? nil : Excerpt.of($0, limit: 100) }
        frequency = told["frequency"].flatMap(Frequency.init(fred:))
      case .release: release = try Self.member("releases", ["id"], in: answer)["id"].flatMap { Int($0) }
      case .table: frequency = Frequency(of: FREDTable.days(in: answer.body))
      default: throw .notOurs(request)
      }
    }
    guard let frequency else {
      throw .shapeChanged(expected: "how often values of \(id) come", found: "nothing that says it", offset: nil)
    }
    return MacroSeries(title: title, units: units, frequency: frequency, release: release)
  }

  /// Members of the first object of a list.
  private static func member(
    _ list: String, _ names: [String], in answer: Answer
  ) throws(ReadingError) -> [String: String] {
    let found = try readingDocument(answer.body) { (cursor) throws(JSONFault) -> [String: String]? in
      var found: [String: String]?
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        guard name.string == list else { return try cursor.skipValue(toleratingWords: true) }
        var objects: [[String: String]] = []
        try cursor.eachObject({ (cursor) throws(JSONFault) in try scalars(&cursor, names) }) { object, _, _ in
          if let object { objects.append(object) }
        }
        found = objects.first
      }
      return found
    }
    guard let found else { throw .shapeChanged(expected: "an object in '\(list)'", found: "none", offset: nil) }
    return found
  }

  private static func scalars(_ cursor: inout JSONCursor, _ names: [String]) throws(JSONFault) -> [String: String] {
    var found: [String: String] = [:]
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      let name = name.string
      guard names.contains(name) else { return try cursor.skipValue(toleratingWords: true) }
      if cursor.peek() == UInt8(ascii: "\"") {
        found[name] = try cursor.text().string
      } else {
        found[name] = String(decoding: try cursor.numberText(), as: UTF8.self)
      }
    }
    return found
  }
}

extension Frequency {
  /// `Monthly`, `Weekly, Ending Friday`, `Daily, 7-Day`.
  fileprivate init?(fred text: String) {
    let words: [(String, Frequency)] = [
      ("daily", .daily), ("weekly", .weekly), ("biweekly", .weekly), ("monthly", .monthly), ("quarterly", .quarterly),
      ("semiannual", .yearly), ("annual", .yearly), ("5 year", .yearly),
    ]
    guard let found = words.first(where: { text.lowercased().hasPrefix($0.0) }) else { return nil }
    self = found.1
  }

  /// By the usual step from one day to the next; `nil` of fewer than two.
  fileprivate init?(of days: [Day]) {
    let steps = zip(days, days.dropFirst()).map { $1 - $0 }.sorted()
    guard !steps.isEmpty else { return nil }
    switch steps[steps.count / 2] {
    case ...4: self = .daily
    case ...16: self = .weekly
    case ...45: self = .monthly
    case ...120: self = .quarterly
    default: self = .yearly
    }
  }
}
