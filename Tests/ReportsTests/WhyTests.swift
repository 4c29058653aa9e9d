import Formats
import Foundation
import Market
import Rendering
import SQLite
import Store
import Support
import Telling
import Testing

@testable import Provenance
@testable import Reports

struct WhyTests {
  @Test func `thirty figures chosen at random are what the raw bytes say, read another way`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let bytes = try RawBytes(record.store)
    var generator = SeededGenerator(seed: 2025)
    let subjects = try Self.everything(in: record.store).shuffled(using: &generator).prefix(30)
    #expect(subjects.count == 30)
    for subject in subjects {
      let told = try Self.object(try record.why(subject))
      try bytes.check(told, subject)
    }
  }

  /// Every figure of the file that is no computed one, and every computed one.
  private static func everything(in store: Store) throws -> [WhySubject] {
    var subjects: [WhySubject] = []
    for series in try store.catalogue.series() {
      guard let extent = series.extent else { continue }
      for key in try store.facts.keys(of: series, in: extent) {
        guard let kind = store.kinds[series.key.dataset] else { continue }
        for field in kind.shape.fields where field != .netAssetsUSD {
          let keys =
            switch kind.asked {
            case .fund: ["IBIT", "FBTC"].map { FactKey(.day(key.day), .text($0)) }
            case .index: [FactKey(.day(key.day))]
            case .theme: ThemeValue.Measure.allCases.map { FactKey(.day(key.day), .text($0.rawValue)) }
            case .macro: [FactKey(.day(key.day), .day(key.day))]
            case .price, .row: [FactKey(.instant(key))]
            }
          subjects += keys.map { series.subject(kind.asked, $0, field) }
        }
      }
    }
    for row in try store.telling.assetDays(in: WhyStory.friday - 8...WhyStory.friday + 4)
    where row.asset.symbol == "BTC" {
      subjects += SnapshotField.allCases.map { .snapshot(asset: "BTC", day: row.snapshot.day, field: $0) }
    }
    return subjects
  }

  private static func object(_ explanation: Explanation) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(explanation.json.compact.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `every figure of a snapshot comes out the same from its inputs`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    for day in WhyStory.friday - 8...WhyStory.friday + 4 {
      for field in SnapshotField.allCases {
        let text = try record.why(.snapshot(asset: "BTC", day: day, field: field)).text(width: nil)
        #expect(text.contains("computed once more from these: the same"), "\(text)")
      }
    }
  }

  @Test func `a snapshot that was computed again says what it was`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let text = try record.why(.snapshot(asset: "BTC", day: WhyStory.friday - 1, field: .fngValue)).text(width: nil)
    #expect(text.contains("  before   49, made 2025-09-19T12:30:00Z by run 2 from binance, computed again 2025-09-20"))
    Golden.expect(text, equals: "why-snapshot.txt")
  }

  @Test func `a summary points back to the snapshot of each of its figures`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let id = try #require(
      try record.store.past.newestSummaries(40).last { $0.asset == "BTC" && $0.day == "2025-09-18" }?.id)
    let explanation = try record.why(.summary(id: id, figure: nil))
    #expect(explanation.text(width: nil).contains("(appliance why snapshot BTC 2025-09-18 volatility_7d)"))
    #expect(explanation.text(width: nil).contains("written again 2025-09-20T14:30:00Z"))
    for width in [40, 80] {
      #expect(explanation.text(width: width).split(separator: "\n").allSatisfy { $0.count <= width })
    }
    let one = try record.why(.summary(id: id, figure: "change_24h"))
    #expect(one.headline.hasPrefix("summary \(id): change_24h is "))
    #expect(throws: WhyError.self) { try record.why(.summary(id: id, figure: "colour")) }
  }

  @Test func `bytes that say something else than the table are told`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    record.store.close()
    let path = record.folder + "/appliance.db"
    try Damage.run("UPDATE bar SET close = close + 1 WHERE open_time = \(WhyStory.movedHour.epochSeconds)", in: path)
    let store = try Store.reading(path)
    let text = try record.why(
      .price(asset: "BTC", at: WhyStory.movedHour, interval: nil, source: nil, field: .close), in: store
    ).text(width: nil)
    #expect(text.contains("read again, these bytes give 115222.75, not 115223.75"))
  }

  @Test func `a body that was damaged is named`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    record.store.close()
    let path = record.folder + "/appliance.db"
    try Damage.run("UPDATE body SET content = zeroblob(length(content)), encoding = 'identity'", in: path)
    let store = try Store.reading(path)
    #expect(throws: StoreError.self) {
      try record.why(.sentiment(index: "fng", day: WhyStory.friday, field: nil), in: store)
    }
  }

  @Test(arguments: [
    ("2025-09-24T10:00:00Z", "not_due"), ("2024-01-01T10:00:00Z", "before_first"), ("2025-09-18T10:20:00Z", nil),
  ])
  func `where nothing is stored, the reason is told`(instant: String, reason: String?) async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let told = try Self.object(
      try record.why(
        .price(asset: "BTC", at: Instant(instant) ?? WhyStory.movedHour, interval: nil, source: nil, field: nil)))
    #expect(told["reason"] as? String == reason)
    #expect(told["kind"] as? String == (reason == nil ? "fact" : "absent"))
  }

  @Test func `restatements are listed with what had used them`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let list = try ChangeList(ChangeSelection(limit: 10), from: record.store)
    Golden.expect(list.text(width: 100), equals: "changes.txt")
    Golden.expect(list.json.pretty, equals: "changes.json")
    #expect(try ChangeList(ChangeSelection(limit: 1), from: record.store).leftOut == list.count - 1)
    let since = ChangeSelection(since: Instant("2025-09-21"), limit: 10)
    #expect(try ChangeList(since, from: record.store).count == 2)
    #expect(try ChangeList(ChangeSelection(assets: ["BTC"], limit: 10), from: record.store).count == 3)
    let then = try record.asOf(WhyStory.after[1])
    #expect(try ChangeList(ChangeSelection(limit: 10), from: then).count == 2)
  }
}

/// The answers of the story, taken apart with Foundation and by hand: no line of the readers is used.
private struct RawBytes {
  private struct Hour {
    let open, high, low, close, volume: Double
  }

  private let store: Store
  /// What Binance's last answers say of each hour.
  private var hours: [Int64: Hour] = [:]
  private var moods: [Int64: (value: Double, label: String)] = [:]
  /// Millions by day, then ticker; of the newest page.
  private var flows: [String: [String: Double]] = [:]

  init(_ store: Store) throws {
    self.store = store
    var number: Int64 = 1
    while let fetch = try store.vault.fetchRecord(FetchID(number)) {
      number += 1
      try add(try store.vault.keptAnswer(fetch.id))
    }
  }

  private mutating func add(_ kept: KeptAnswer) throws {
    let data = Data(kept.answer.body)
    switch kept.request.provider {
    case "binance":
      let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[Any]])
      for row in rows {
        let texts = row[1...5].map { "\($0)" }
        let milliseconds = try #require(row[0] as? Int64)
        let numbers = texts.compactMap(Double.init)
        hours[milliseconds / 1000] = Hour(
          open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3], volume: numbers[4])
      }
    case "alternative.me":
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      for entry in try #require(object["data"] as? [[String: String]]) {
        let second = try #require(entry["timestamp"].flatMap(Int64.init))
        moods[second] = (Double(entry["value"] ?? "") ?? .nan, entry["value_classification"] ?? "")
      }
    case "farside":
      let text = String(decoding: data, as: UTF8.self)
      for line in text.split(separator: "\n") where line.hasPrefix("<tr><td>") || line.contains("<tbody><tr><td>") {
        let cells = line.components(separatedBy: "<td>").dropFirst().map { cell in
          cell.replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
        }
        let millions = cells.dropFirst().map { cell -> Double? in
          cell.hasPrefix("(") ? Double(cell.dropFirst().dropLast()).map { -$0 } : Double(cell)
        }
        var day: [String: Double] = [:]
        day["IBIT"] = millions[0]
        day["FBTC"] = millions[1]
        flows[cells[0]] = day
      }
    default: break
    }
  }

  func check(_ told: [String: Any], _ subject: WhySubject) throws {
    if case .snapshot(_, let day, let field) = subject { return try check(told["value"], day, field) }
    let fetch = try #require((told["fetch"] as? [String: Any])?["fetch_id"] as? Int64)
    let body = try store.vault.keptAnswer(FetchID(fetch)).answer.body
    let figure = try #require((told["figures"] as? [[String: Any]])?.first)
    let place = try #require(figure["place"] as? [String: Any], "\(subject)")
    let first = try #require(place["first_byte"] as? Int)
    let count = try #require(place["bytes"] as? Int)
    #expect(place["agrees"] as? Bool == true)
    let sent = String(decoding: body[first..<first + count], as: UTF8.self)
    #expect(sent == place["sent"] as? String)
    let bare = sent.replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
      .trimmingCharacters(in: ["\""])
    switch subject {
    case .flow(let ticker, let day, _, _):
      let (year, month, number) = day.parts
      let name = "\(number < 10 ? "0" : "")\(number) \(month == 9 ? "Sep" : "Aug") \(year)"
      let millions = bare.hasPrefix("(") ? Double(bare.dropFirst().dropLast()).map { -$0 } : Double(bare)
      #expect(millions == flows[name]?[ticker], "\(subject)")
      #expect(figure["value"] as? Double == millions.map { $0 * 1_000_000 })
    case .sentiment(_, let day, _, let field):
      let mood = try #require(moods[day.start.epochSeconds])
      if field == .value { #expect(figure["value"] as? Double == mood.value) } else { #expect(bare == mood.label) }
    case .price(_, let at, _, let source, let field):
      #expect(figure["value"] as? Double == Double(bare), "\(subject)")
      guard source == "binance" else { return }
      let hour = try #require(hours[at.epochSeconds])
      let values: [FigureField: Double] = [
        .open: hour.open, .high: hour.high, .low: hour.low, .close: hour.close, .volume: hour.volume,
      ]
      #expect(field.flatMap { values[$0] } == Double(bare))
    case .snapshot, .summary, .macro, .theme, .row: break
    }
  }

  // MARK: Measures, written out

  private func check(_ value: Any?, _ day: Day, _ field: SnapshotField) throws {
    let start = day.start.epochSeconds
    let mine = stride(from: start, to: start + 86_400, by: 3600).compactMap { second in
      hours[second].map { (second, $0) }
    }
    let last = try #require(mine.last)
    func part(_ from: Int64, _ to: Int64) -> Double? {
      let hours = mine.filter { $0.0 >= start + from * 3600 && $0.0 < start + to * 3600 }.map(\.1)
      return hours.isEmpty ? nil : hours[hours.count - 1].close / hours[0].open - 1
    }
    func volatility() -> Double? {
      let returns = (0..<168).compactMap { back -> Double? in
        let second = last.0 - Int64(back) * 3600
        guard let now = hours[second], let before = hours[second - 3600] else { return nil }
        return log(now.close / before.close)
      }
      guard returns.count >= 160 else { return nil }
      let mean = returns.reduce(0, +) / Double(returns.count)
      let squares = returns.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      return (squares / Double(returns.count - 1)).squareRoot() * 8760.0.squareRoot()
    }
    let expected: Double?
    switch field {
    case .open: expected = mine[0].1.open
    case .close: expected = last.1.close
    case .high: expected = mine.map(\.1.high).max()
    case .low: expected = mine.map(\.1.low).min()
    case .volume: expected = mine.map(\.1.volume).reduce(0, +)
    case .change24h: expected = hours[last.0 - 86_400].map { last.1.close / $0.close - 1 }
    case .volatility7d: expected = volatility()
    case .asiaReturn: expected = part(0, 8)
    case .europeReturn: expected = part(8, 16)
    case .usReturn: expected = part(16, 24)
    case .fngValue: expected = moods[start]?.value
    case .bars: expected = Double(mine.count)
    case .barsExpected: expected = 24
    case .fngClassification, .etfNetFlow, .etfNetFlow5d, .isComplete: return
    }
    let told = value as? Double
    #expect((told == nil) == (expected == nil), "\(day) \(field)")
    if let told, let expected {
      #expect(abs(told - expected) <= 1e-12 * max(1, abs(expected)), "\(day) \(field): \(told), \(expected)")
    }
  }
}
