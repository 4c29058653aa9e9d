import Formats
import Market

/// The World Bank's indicators of countries: yearly figures, the present ones only. Needs no key.
///
/// Facts from its documentation and from recorded answers.
package struct WorldBank: Provider {
  /// Its name in settings, tables and messages.
  package static let name: ProviderName = "worldbank"

  /// Without state: one is as good as another.
  package init() {}

  /// Where and how often it is asked: once a second.
  package let profile = ProviderProfile(
    name: name, title: "World Bank", baseURL: "https://api.worldbank.org",
    homepage: "https://data.worldbank.org",
    politeness: Politeness(limit: 60, window: 60, concurrency: 1, spacing: .seconds(1)), safety: 0,
    probe: WorldBankAddress.newest(WorldBankSymbol("USA:NY.GDP.MKTP.CD")!))  // A symbol written here.

  /// One request for all years that are wanted of a series `COUNTRY:INDICATOR`.
  package func requests(for want: Want, at now: Instant) -> [Request] {
    guard let series = want.series, series.provider == Self.name, series.dataset == .macroObservation,
      let symbol = WorldBankSymbol(series.providerSymbol), want.span.lowerBound <= now
    else { return [] }
    let first = want.span.lowerBound.clamped(to: Instant.representable).day.parts.year
    let last = want.span.upperBound.clamped(to: Instant.representable).day.parts.year
    return [WorldBankAddress.values(symbol, years: max(first, 1950)...max(first, last, 1950))]
  }

  /// The values of a country, oldest first; published when its database was last updated.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    guard let symbol = WorldBankAddress.symbol(in: request) else { throw .notOurs(request) }
    try WorldBankErrors.check(answer, about: symbol)
    return try WorldBankReading(symbol: symbol).read(answer)
  }

  /// The value of the row that bears the period.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? {
    WorldBankAddress.symbol(in: request).flatMap { WorldBankReading(symbol: $0).place(of: figure, in: answer.body) }
  }
}

extension WorldBank: MacroDirectory {
  /// A country and an indicator.
  package var idHint: String { "its ids look like USA:NY.GDP.MKTP.CD, a country by its three letters and an indicator" }

  /// One question for its newest value. Of a country by its two letters there is none: it would be one series under two names.
  package func requests(about id: String, isKeyed: Bool, at now: Instant) -> [Request] {
    guard let symbol = WorldBankSymbol(id), symbol.country.utf8.count == 3 else { return [] }
    return [WorldBankAddress.newest(symbol)]
  }

  /// Its title is that of the indicator and the country; units stand in the former.
  package func description(
    of id: String, in answers: [(answer: Answer, request: Request)]
  ) throws(ReadingError) -> MacroSeries {
    guard let symbol = WorldBankSymbol(id), let (answer, _) = answers.first else { throw .unknownSymbol(id) }
    try WorldBankErrors.check(answer, about: symbol)
    return try WorldBankReading(symbol: symbol).description(in: answer)
  }
}

/// `USA:NY.GDP.MKTP.CD`: a country by the code that ISO 3166 has for it, in two or three letters, and an indicator.
struct WorldBankSymbol: Hashable {
  let country: String
  let indicator: String

  /// `nil` for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (2...3).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }), !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({
        (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
      })
    else { return nil }
    (country, indicator) = (String(parts[0]), String(parts[1]))
  }

  var text: String { "\(country):\(indicator)" }
}

/// What is asked of the World Bank.
enum WorldBankAddress {
  static func values(_ symbol: WorldBankSymbol, years: ClosedRange<Int>) -> Request {
    ask(symbol, [QueryItem("date", "\(years.lowerBound):\(years.upperBound)")])
  }

  static func newest(_ symbol: WorldBankSymbol) -> Request { ask(symbol, [QueryItem("mrv", "1")]) }

  /// All rows are on one page: a century of months is shorter.
  private static func ask(_ symbol: WorldBankSymbol, _ query: [QueryItem]) -> Request {
    Request(
      provider: WorldBank.name, path: "/v2/country/\(symbol.country)/indicator/\(symbol.indicator)",
      query: [QueryItem("format", "json"), QueryItem("per_page", "2000")] + query, maximumBytes: 8 << 20, timeLimit: 30)
  }

  static func symbol(in request: Request) -> WorldBankSymbol? {
    let parts = request.path.split(separator: "/")
    guard parts.count == 5, parts[0] == "v2", parts[1] == "country", parts[3] == "indicator" else { return nil }
    return WorldBankSymbol("\(parts[2]):\(parts[4])")
  }
}

/// Its errors stand under HTTP 200: as `[{"message":[{"id":"120","value":"…"}]}]`, or as XML whatever was asked for.
enum WorldBankErrors {
  /// No such message is longer, in bytes.
  private static let longest = 4096

  static func check(_ answer: Answer, about symbol: WorldBankSymbol) throws(ReadingError) {
    if answer.body.count <= longest, let (id, words) = message(in: answer) {
      // 120: no such country; 175: no such indicator.
      throw ["120", "175"].contains(id)
        ? .unknownSymbol(symbol.text) : .refused(status: answer.status, message: Excerpt.of(words, limit: 200))
    }
    let verdict = HTTPVerdict(answer, messageAt: [])
    if let objection = verdict.objection(symbol: symbol.text, takesKey: false) { throw objection }
  }

  private static func message(in answer: Answer) -> (id: String, words: String)? {
    let text = Excerpt.of(answer.body, limit: longest)
    if text.contains("<wb:error"), let start = text.range(of: "<wb:message ")?.upperBound {
      let rest = text[start...]
      guard let begin = rest.firstIndex(of: ">") else { return nil }
      let words = rest[rest.index(after: begin)...].prefix { $0 != "<" }
      return (rest.range(of: "id=\"").map { String(rest[$0.upperBound...].prefix { $0 != "\"" }) } ?? "", String(words))
    }
    guard text.hasPrefix("[{\"message\""), let id = text.range(of: "\"id\":\"")?.upperBound else { return nil }
    let words = text.range(of: "\"value\":\"").map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
    return (String(text[id...].prefix { $0 != "\"" }), words ?? "")
  }
}
