import Formats
import Market
import Rendering

/// What a model is told about one day of an asset or of the market: figures with their units, names, words.
///
/// It travels within the request as one line of JSON and is read from there again, so that what an answer is held against
/// is kept with it.
package struct PromptData: Hashable, Sendable {
  /// `nil` for the market.
  let asset: String?
  let day: Day
  /// Whether the day was not over.
  let isRunning: Bool
  /// The end of the newest bar.
  let until: Instant?
  /// In English: `German`.
  let language: String
  /// What each asset is called, by symbol.
  let names: [String: String]
  /// Other days that the text may name.
  let days: [Day]
  /// Words that go with figures, such as the provider's for the mood.
  let notes: [String: String]
  let figures: [SuppliedFigure]

  /// What a text about it is held against.
  var guarded: GuardedFacts {
    var minutes: Set<Int> = [0]
    if let until { minutes.insert(Int(until.secondOfDay / 60)) }
    return GuardedFacts(
      subject: asset, day: day, names: names.reduce(into: [:]) { $0[$1.key] = [$1.key, $1.value] }, figures: figures,
      days: Set(days), minutes: minutes, language: language, mood: notes["mood"])
  }

  /// The same with the half of its assets that moved least left out, for a model with little room; `nil` where there is
  /// nothing to leave out.
  var shortened: PromptData? {
    let moved = figures.filter { $0.unit == .change && $0.asset != nil }
      .sorted { ($0.value.magnitude, $1.asset ?? "") > ($1.value.magnitude, $0.asset ?? "") }.compactMap(\.asset)
    guard asset == nil, moved.count > 2 else { return nil }
    let kept = Set(moved.prefix((moved.count + 1) / 2))
    return PromptData(
      asset: asset, day: day, isRunning: isRunning, until: until, language: language,
      names: names.filter { kept.contains($0.key) }, days: days, notes: notes,
      figures: figures.filter { $0.asset.map(kept.contains) ?? true })
  }
}

extension ExactDecimal {
  fileprivate var magnitude: Double { abs(Double(text) ?? 0) }
}

// MARK: - As JSON

extension PromptData {
  /// One line.
  var json: String {
    var members: [(String, JSONValue)] = [
      ("about", .string(asset ?? PromptData.market)), ("day", .string(day.description)),
      ("is_running", .bool(isRunning)),
    ]
    if let until { members.append(("until", .string(until.description))) }
    members.append(("language", .string(language)))
    members.append(("names", object(names)))
    if !days.isEmpty { members.append(("other_days", .array(days.map { .string($0.description) }))) }
    if !notes.isEmpty { members.append(("words", object(notes))) }
    members.append(("figures", .array(figures.map(PromptData.json))))
    return JSONValue.object(members).compact
  }

  private static let market = "the market"

  private func object(_ texts: [String: String]) -> JSONValue {
    .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  private static func json(_ figure: SuppliedFigure) -> JSONValue {
    var members: [(String, JSONValue)] = figure.asset.map { [("asset", .string($0))] } ?? []
    members += [
      ("what", .string(figure.what.rawValue)), ("value", .string(figure.value.text)),
      ("unit", .string(figure.unit.text)),
    ]
    if let day = figure.day { members.append(("day", .string(day.description))) }
    return .object(members)
  }

  /// Reads what `json` wrote; `nil` for anything else.
  init?(json: String) {
    guard let scalars = try? JSONCursor.scalars(in: Array(json.utf8)) else { return nil }
    func text(_ name: String) -> String? { scalars.first { $0.path == [name] }?.text }
    guard let about = text("about"), let day = text("day").flatMap({ Day($0) }), let language = text("language") else {
      return nil
    }
    asset = about == PromptData.market ? nil : about
    self.day = day
    isRunning = text("is_running") == "true"
    until = text("until").flatMap { Instant($0) }
    self.language = language
    func texts(_ name: String) -> [String: String] {
      scalars.filter { $0.path.count == 2 && $0.path[0] == name }
        .reduce(into: [:]) { $0[$1.path[1]] = $1.text }
    }
    names = texts("names")
    notes = texts("words")
    days = scalars.filter { $0.path.first == "other_days" }.compactMap { $0.text.flatMap { Day($0) } }
    let members = Dictionary(grouping: scalars.filter { $0.path.count == 3 && $0.path[0] == "figures" }) {
      Int($0.path[1]) ?? 0
    }
    figures = members.sorted { $0.key < $1.key }.compactMap { PromptData.figure($0.value) }
  }

  private static func figure(_ scalars: [JSONScalar]) -> SuppliedFigure? {
    func text(_ name: String) -> String? { scalars.first { $0.path.last == name }?.text }
    guard let what = text("what").flatMap({ FigureLabel(rawValue: $0) }),
      let value = text("value").flatMap({ ExactDecimal($0) }), let unit = text("unit")
    else { return nil }
    return SuppliedFigure(
      asset: text("asset"), what: what, value: value, unit: SuppliedFigure.Unit(unit),
      day: text("day").flatMap { Day($0) })
  }
}
