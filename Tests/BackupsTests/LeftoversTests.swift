import Formats
import Testing

@testable import Backups

@Suite struct LeftoversTests {
  private let home: TestHome

  init() throws {
    home = try TestHome()
    try Folder.create(home.folder)
  }

  private func leave(_ name: String, in folder: String, bytes: Int) throws {
    try Folder.create("\(folder)/\(name)")
    try write([UInt8](repeating: 1, count: bytes), to: "\(folder)/\(name)/copy.db")
  }

  @Test func `where nothing was left there is nothing to tell`() {
    #expect(home.backups().leftovers.count == 0)
    #expect(home.backups().sweepLeftovers().count == 0)
  }

  @Test func `what killed runs left beside backups and beside the database is counted, then swept`() throws {
    try leave(".scratch-2147483646-dead", in: home.folder, bytes: 1000)
    try leave(".scratch-2147483645-gone", in: home.path, bytes: 24)
    let left = home.backups().leftovers
    #expect(left == Leftovers(count: 2, bytes: 1024, folders: [home.folder, home.path]))
    #expect(left.words == "2 folders of unfinished work, 1.0 kB, that killed runs left")
    #expect(home.backups().sweepLeftovers() == left)
    #expect(home.backups().leftovers.count == 0)
    #expect(home.names(home.folder).isEmpty)
  }

  @Test(arguments: [".scratch-x-y", ".scratch-0-y", "scratch-2147483646-dead", ".scratch"])
  func `what nobody of ours could have made stays`(name: String) throws {
    try leave(name, in: home.folder, bytes: 5)
    #expect(home.backups().sweepLeftovers().count == 0)
    #expect(home.names(home.folder) == [name])
  }

  @Test func `what a living process holds stays`() throws {
    let living = try Scratch(in: home.folder)
    #expect(home.backups().sweepLeftovers().count == 0)
    #expect(home.names(home.folder) == [FilePath.name(of: living.path)])
  }
}
