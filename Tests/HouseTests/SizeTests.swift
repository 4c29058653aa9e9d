import Testing

/// A folder can be looked through in a morning, a room learned in a week.
@Suite struct SizeTests {
  private static let largestFolder = 2_000
  private static let largestRoom = 9_000

  /// Lines of Swift by what a path is counted under.
  private static func lines(by name: (Repository.File) -> String) throws -> [String: Int] {
    let files = try Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "Tests")
    return Dictionary(grouping: files, by: name).mapValues { $0.reduce(0) { $0 + $1.lines.count } }
  }

  @Test func `no folder holds more than can be looked through`() throws {
    let folders = try Self.lines { file in file.path.split(separator: "/").dropLast().joined(separator: "/") }
    #expect(folders.count > 30)
    let large = folders.filter { $0.value > Self.largestFolder }
    #expect(large.map { "\($0.key): \($0.value) lines" } == [])
  }

  @Test func `no room is larger than was agreed on`() throws {
    let rooms = try Self.lines { file in file.path.split(separator: "/").prefix(2).joined(separator: "/") }
    #expect(rooms.count > 10)
    let large = rooms.filter { $0.value > Self.largestRoom }
    #expect(large.map { "\($0.key): \($0.value) lines" } == [])
  }
}
