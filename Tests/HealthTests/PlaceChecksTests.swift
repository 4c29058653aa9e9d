import Support
import Testing

@testable import Health

@Suite struct PlaceChecksTests {
  private func check(_ subject: String, in folder: TemporaryFolder, home: String? = nil) -> Finding? {
    PlaceChecks(home: home ?? folder.path, origin: "--home", database: folder.file("appliance.db")).findings
      .first { $0.subject == subject }
  }

  @Test func `a folder for its owner only is as it should be`() throws {
    let folder = try TemporaryFolder()
    #expect(check("home", in: folder)?.text == "\(folder.path) (--home)")
    #expect(check(".env", in: folder)?.text == "none; `appliance config init` writes one")
  }

  @Test func `one that is not there yet will be made`() throws {
    let folder = try TemporaryFolder()
    let home = folder.file("later")
    #expect(check("home", in: folder, home: home)?.state == .ok)
    #expect(check("disk", in: folder, home: home)?.text.contains("free") == true)
  }

  @Test func `a file in its place is a problem`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "home")
    #expect(check("home", in: folder, home: folder.file("home"))?.text == "\(folder.file("home")) is not a folder")
  }

  @Test func `keys that others may read are a warning, with what closes them`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: ".env", permissions: 0o640)
    let finding = try #require(check(".env", in: folder))
    #expect(finding.state == .warning)
    #expect(finding.text == "\(folder.file(".env")) is open to others (mode 640); keys may stand in it")
    #expect(finding.hint == "chmod 600 \(folder.file(".env"))")
  }
}
