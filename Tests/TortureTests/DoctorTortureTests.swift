import Foundation
import Testing

@Suite(.serialized) struct DoctorTortureTests {
  @Test func `the torture says what held, line by line, and leaves the file as it was`() async throws {
    let home = try Home(), folder = try Home()
    try home.fill(try await Demo.whole.files)
    let before = try home.content()
    let end = try await Child.appliance(
      ["doctor", "--torture", "--seconds", "1", "--json"], home: home, environment: ["TMPDIR": folder.path])
    #expect(end.code == 0, "\(end.said)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(end.output.utf8)) as? [String: Any])
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(
      checks.compactMap { $0["check"] as? String } == [
        "copy", "replay", "kills", "structure", "answers", "healing", "facts", "lock", "backup", "restore", "original",
      ])
    #expect(checks.allSatisfy { $0["state"] as? String != "problem" }, "\(end.said)")
    let after = try home.content()
    #expect(after["appliance.db"] == before["appliance.db"])
    #expect(Set(after.keys).subtracting(["appliance.db-shm", "appliance.db-wal"]) == Set(before.keys))
    #expect(folder.files == [], "something of the torture is left")
  }

  @Test func `without a file there is nothing to torture`() async throws {
    let end = try await Child.appliance(["doctor", "--torture"], home: try Home())
    #expect(end.code == 10, "\(end.said)")
  }

  @Test func `a file that is not ours is an integrity failure, and stays`() async throws {
    let home = try Home()
    try home.write("not a database", to: "appliance.db")
    let end = try await Child.appliance(["doctor", "--torture"], home: home)
    #expect(end.code == 7, "\(end.said)")
    #expect(try home.bytes("appliance.db") == Data("not a database".utf8))
  }
}
