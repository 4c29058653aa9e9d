import Market
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// Files that begin as the one that was imported last: their first parts are not held against the stored rows again.
@Suite struct StandingPartsTests {
  private let importing: Importing
  private let order = Importing.bars()

  init() throws { importing = try Importing() }

  private func bring(
    _ text: String, _ order: ImportOrder? = nil, at now: Instant = Importing.now, partSize: Int = 500
  ) throws -> StepCounts {
    try importing.bring(Array(text.utf8), order ?? self.order, partSize: partSize, at: now).counts
  }

  private func tamper() throws {
    try importing.store.write { db in try db.execute(sql: "UPDATE bar SET volume = 77 WHERE open_time = 1730419200") }
  }

  private var volume: [String] {
    get throws { try importing.store.rows("SELECT volume FROM bar WHERE open_time = 1730419200") }
  }

  private func isEqual(_ counts: StepCounts, _ new: Int, _ changed: Int, _ unchanged: Int) -> Bool {
    (counts.new, counts.changed, counts.unchanged) == (new, changed, unchanged)
  }

  @Test func `rows of parts that came before are counted and not looked at`() throws {
    _ = try bring(Importing.hours(0..<100))
    try tamper()
    #expect(isEqual(try bring(Importing.hours(0..<120)), 20, 0, 100))
    #expect(try volume == ["77.0"])
    #expect(try importing.store.rows("SELECT row_count FROM import_file") == ["100", "120"])
  }

  @Test func `behind the first part that is another one every row is looked at`() throws {
    let rows = Importing.hours(0..<100)
    _ = try bring(rows)
    try tamper()
    #expect(isEqual(try bring("\n" + rows), 0, 1, 99))
    #expect(try volume == ["0.0"])
  }

  @Test func `parts of another size are looked at`() throws {
    _ = try bring(Importing.hours(0..<100))
    try tamper()
    #expect(isEqual(try bring(Importing.hours(0..<120), partSize: 700), 20, 1, 99))
  }

  @Test func `what is read in another way is looked at`() throws {
    _ = try bring(Importing.hours(0..<100))
    try tamper()
    var other = order
    other.takesNoVolume = true
    #expect(isEqual(try bring(Importing.hours(0..<120), other), 20, 1, 99))
  }

  @Test func `another file between the two has every row looked at, and one that was undone has, too`() throws {
    let (short, long) = (Importing.hours(0..<100), Importing.hours(0..<120))
    _ = try bring(short)
    #expect(isEqual(try bring(Importing.hours(3..<4) { _ in 500 }), 0, 1, 0))
    #expect(isEqual(try bring(long), 20, 1, 99))
    let other = try Importing()
    _ = try other.bring(Array(short.utf8), order, partSize: 500)
    try other.bring(Array(Importing.hours(3..<4) { _ in 500 }.utf8), order)
    _ = try ImportUndo(
      store: other.store, opener: Importing.opener, clock: .standing(at: Importing.now), command: "import undo",
      version: "test", processID: 1
    ).perform(FetchID(2))
    try other.store.write { db in try db.execute(sql: "UPDATE bar SET volume = 77 WHERE open_time = 1730419200") }
    #expect(isEqual(try other.bring(Array(long.utf8), order, partSize: 500).counts, 20, 1, 99))
  }

  @Test func `a file that was cut short does not stand for another one`() throws {
    let rows = Importing.hours(0..<100)
    _ = try bring(rows)
    _ = try importing.bring(
      Array(Importing.hours(0..<100) { 200 + Double($0) }.utf8), order, partSize: 500, isCancelled: { true })
    try tamper()
    #expect(isEqual(try bring(Importing.hours(0..<120)), 20, 1, 99))
  }

  @Test func `bars that were not over then are new now`() throws {
    let rows = Importing.hours(0..<100)
    let during = Instant(epochSeconds: 1_730_419_200 + 50 * 3600)
    let first = try bring(rows, at: during)
    #expect(first.new < 51 && first.new > 40)
    #expect(isEqual(try bring(rows + "\n"), 100 - first.new, 0, first.new))
  }
}
