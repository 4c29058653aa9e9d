import Testing

/// A folder can be looked through in a morning, a room learned in a week.
@Suite struct SizeTests {
  private static let largestFolder = 2_000
  private static let largestRoom = 9_000

  /// Rooms that may be larger, and why.
  private static let largerRooms: [String: (limit: Int, reason: String)] = [
    "Store": (11_000, "it holds the schema, the record and its past, which are not told apart by a door yet")
  ]

  /// Lines of Swift by what a path is counted under.
  private static func lines(by name: (Repository.File) -> String) throws -> [String: Int] {
    let files = try Repository.swiftFiles(in: "Sources")
    return Dictionary(grouping: files, by: name).mapValues { $0.reduce(0) { $0 + $1.lines.count } }
  }

  @Test func `no folder holds more than can be looked through`() throws {
    let folders = try Self.lines { file in file.path.split(separator: "/").dropLast().joined(separator: "/") }
    #expect(folders.count > 30)
    let large = folders.filter { $0.value > Self.largestFolder }
    #expect(large.map { "\($0.key): \($0.value) lines" } == [])
  }

  @Test func `no room is larger than was agreed on`() throws {
    let rooms = try Self.lines { file in String(file.path.split(separator: "/")[1]) }
    #expect(rooms.count > 10)
    let large = rooms.filter { $0.value > Self.largerRooms[$0.key]?.limit ?? Self.largestRoom }
    #expect(large.map { "\($0.key): \($0.value) lines" } == [])
    let needless = Self.largerRooms.keys.filter { rooms[$0, default: 0] <= Self.largestRoom }
    #expect(needless == [], "these fit by now: take their exception away")
  }
}
