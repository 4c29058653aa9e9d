import Market
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct SealTests {
  private static let maker = "0.1.0 (abc)"

  /// The report of the story's Friday as HTML and Markdown, written after its second run.
  private func written(_ record: WhyRecord) async throws -> (html: String, markdown: String) {
    var texts: [(html: String, markdown: String)] = []
    try await WhyStory.tell(record) { _ in
      let report = try DailyReport(of: WhyStory.friday, from: record.store)
      texts.append(
        (
          try report.sealed(report.document.html(), from: record.store, maker: Self.maker),
          try report.sealed(report.document.markdown, from: record.store, maker: Self.maker)
        ))
    }
    return try #require(texts.dropFirst().first)
  }

  private func check(
    _ file: String, _ record: WhyRecord, maker: String? = Self.maker, until now: String? = nil
  ) throws -> SealCheck? {
    try SealCheck(of: file, maker: maker) { instant in
      try instant.map { try record.asOf($0.description) } ?? now.map { try record.asOf($0) } ?? record.store
    }
  }

  @Test func `a report that nobody touched holds as long as nothing is restated`() async throws {
    let record = try WhyRecord()
    let texts = try await written(record)
    for text in [texts.html, texts.markdown] {
      let check = try #require(try check(text, record, until: WhyStory.after[1]))
      #expect(check.outcome == .holds)
      #expect(check.isSound)
    }
  }

  @Test func `what was restated since is told figure by figure`() async throws {
    let record = try WhyRecord()
    let file = try await written(record).html
    let check = try #require(try check(file, record))
    #expect(check.outcome == .outdated)
    #expect(check.isSound)
    #expect(check.restated.contains { $0.field == "close" && $0.old == 115_111.5 && $0.new == 115_222.75 })
    #expect(
      check.text(of: "x.html").contains(
        "binance BTCUSDT 2025-09-18 10:00 UTC close: 115111.5, now 115222.75, since 2025-09-23 12:30 UTC"))
  }

  @Test func `a run whose clock was set back does not hide what came before it`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record) { _ in }
    let early = try #require(Instant(WhyStory.after[0]))
    let run = try record.store.runs.begin(command: "ingest", at: early, processID: 1, version: "test")
    try record.store.runs.finish(run, outcome: .done, at: early, quotas: [])
    let report = try DailyReport(of: WhyStory.friday, from: record.store)
    let file = try report.sealed(report.document.html(), from: record.store, maker: Self.maker)
    #expect(try check(file, record)?.outcome == .holds)
  }

  @Test func `one figure changed by hand is found`() async throws {
    let record = try WhyRecord()
    let file = try await written(record).markdown
    let figure = try #require(file.firstMatch(of: /[0-9]{3},[0-9]{3}\.[0-9]{2}/)).output
    let check = try #require(try check(file.replacing(figure, with: "999,999.99", maxReplacements: 1), record))
    #expect(check.outcome == .altered)
    #expect(!check.isSound)
  }

  /// A file whose text was changed and whose seal was made anew for it.
  private func resealed(_ file: String, maker: String = Self.maker) throws -> String {
    let (seal, text) = try #require(Seal.read(file))
    let changed = text.replacing("All hours are UTC.", with: "All hours are UTC!")
    #expect(changed != text)
    return changed
      + Seal(
        order: seal.order, asOf: seal.asOf, knownOn: seal.knownOn, knownAt: seal.knownAt, record: seal.record,
        rules: seal.rules, maker: maker, facts: seal.facts, text: Seal.hash(changed)
      ).line
  }

  @Test func `a report that another version of the program drew is judged by its facts`() async throws {
    let record = try WhyRecord()
    let file = try await written(record).html
    let other = try #require(
      try check(resealed(file, maker: "0.0.9 (def)"), record, until: WhyStory.after[1]))
    #expect(other.outcome == .holds)
    #expect(!other.isTextHeld)
    let told = other.text(of: "x.html")
    #expect(told.contains("Its text was not held against them: 0.0.9 (def) wrote it"))
    #expect(!told.contains("untouched"))
    #expect(other.json(of: "x.html").compact.contains(#""is_text_held":false"#))
    let own = try #require(try check(resealed(file), record, until: WhyStory.after[1]))
    #expect(own.outcome == .resealed)
    let nameless = try #require(try check(resealed(file), record, maker: nil, until: WhyStory.after[1]))
    #expect(nameless.outcome == .holds)
    #expect(!nameless.isTextHeld)
  }

  @Test func `what another version wrote and this one writes the same is held against its facts`() async throws {
    let record = try WhyRecord()
    let (seal, text) = try #require(Seal.read(try await written(record).markdown))
    let file =
      text
      + Seal(
        order: seal.order, asOf: seal.asOf, knownOn: nil, knownAt: seal.knownAt, record: seal.record, rules: seal.rules,
        maker: "0.0.9 (def)", facts: seal.facts, text: seal.text
      ).line
    let check = try #require(try check(file, record, until: WhyStory.after[1]))
    #expect(check.isTextHeld)
    #expect(check.text(of: "x.md").contains("Holds: it is untouched"))
  }

  @Test func `facts that never followed are found, whoever drew them`() async throws {
    let record = try WhyRecord()
    let (seal, text) = try #require(Seal.read(try await written(record).html))
    let file =
      text
      + Seal(
        order: seal.order, asOf: seal.asOf, knownOn: nil, knownAt: seal.knownAt, record: seal.record, rules: seal.rules,
        maker: "other", facts: Seal.hash("other facts"), text: seal.text
      ).line
    #expect(try check(file, record)?.outcome == .unfounded)
  }

  @Test func `a report of another record is not vouched for`() async throws {
    let record = try WhyRecord()
    let file = try await written(record).html
    let other = try WhyRecord()
    try await WhyStory.tell(other)
    #expect(try check(file, other)?.outcome == .foreign)
  }

  @Test(arguments: ["", "# A page\n", "<!-- appliance seal {} -->\n", "<!-- appliance seal nonsense -->\n"])
  func `a file without a seal is told from one that was altered`(text: String) throws {
    #expect(Seal.read(text) == nil)
  }

  @Test func `a seal reads back as it was written, and no symbol ends its comment`() throws {
    let seal = Seal(
      order: ReportOrder(kind: .asset, day: friday, symbols: ["A-->B"], isWhole: true), asOf: friday.end, knownOn: nil,
      knownAt: friday.start, record: "r", rules: 1, maker: Self.maker, facts: "f", text: "t")
    #expect(seal.line.ranges(of: "-->").count == 1)
    let read = try #require(Seal.read("text\n" + seal.line))
    #expect(read.seal == seal)
    #expect(read.text == "text\n")
  }

  @Test func `canonical facts differ by the last digit of a figure and not by words or order`() {
    let facts: JSONValue = ["b": 1.5, "a": ["text": "rose", "x": nil], "version": 1]
    #expect(facts.canonical == #"{"a":{"x":null},"b":1.5}"#)
    let reworded: JSONValue = ["a": ["x": nil, "text": "climbed"], "b": 1.5]
    #expect(reworded.canonical == facts.canonical)
    let other: JSONValue = ["a": ["x": nil], "b": 1.5000000000000002]
    #expect(other.canonical != facts.canonical)
  }
}
