import Formats
import Testing

@Suite struct BackupCommandTests {
  static let words = "a phrase nobody must read"

  @Test func `an encrypted backup is made, told, refused and restored, and its passphrase is nowhere`() async throws {
    let record = try Record()
    let home = record.home
    let secret = ["BACKUP_PASSPHRASE": Self.words]
    let made = try await home.appliance("backup", "create", "--json", environment: secret)
    #expect(made.exit == 0, "\(made.talk)")
    let archive = try #require(home.names("backups").first { $0.hasSuffix(".tar.zst.age") })
    #expect(made.output.contains("\"name\":\"\(archive)\""))

    let closed = try await home.appliance("backup", "verify", archive)
    #expect(closed.exit == 0)
    #expect(closed.output.hasSuffix("not opened, for want of its passphrase\n"))
    let wrong = try await home.appliance(
      "backup", "restore", archive, "--to", home.file("x.db"), environment: ["BACKUP_PASSPHRASE": "wrong"])
    #expect(wrong.exit == 4)
    #expect(wrong.talk.contains("this is not the passphrase"))
    #expect(!home.names().contains("x.db"))
    let restored = try await home.appliance(
      "backup", "restore", archive, "--to", home.file("x.db"), environment: secret)
    #expect(restored.exit == 0, "\(restored.talk)")
    #expect(home.names().contains("x.db"))

    let shown = try await home.appliance("config", "show", environment: secret)
    let said = [made, closed, wrong, restored, shown].map { $0.output + $0.talk }.joined()
    #expect(!said.contains(Self.words))
    for name in home.names("backups") {
      #expect(home.text("backups/\(name)").map { !$0.contains(Self.words) } ?? true, "\(name)")
    }
  }

  @Test func `what an earlier version encrypted is shown, refused with what to do, and told by doctor`() async throws {
    let record = try Record()
    let home = record.home
    let archive = "appliance_20250918T120000Z.tar.zst.enc"
    try Folder.create(home.file("backups"))
    try WholeFile.write(Array("appl.enc".utf8) + [1, 15, 8, 3], to: home.file("backups/\(archive)"))
    let list = try await home.appliance("backup", "list")
    #expect(list.output.contains("\(archive)  12 B"))
    #expect(list.output.contains("encrypted in an earlier version's own format"))
    let refusals = try await [
      home.appliance("backup", "verify", archive), home.appliance("backup", "verify", "--all"),
      home.appliance("backup", "restore", archive, "--force", environment: ["BACKUP_PASSPHRASE": Self.words]),
    ]
    for refusal in refusals {
      #expect(refusal.exit == 1)
      #expect(refusal.talk.contains("which this version does not read. Restore it with the version that made it"))
    }
    let doctor = try await home.appliance("doctor", "--offline")
    #expect(doctor.output.contains("\(archive): encrypted in an earlier version's own format"))
    #expect(try await home.appliance("backup", "prune", "--keep-last", "1").output.hasPrefix("keep "))
    #expect(home.names("backups").contains(archive))
  }

  @Test func `without a terminal nobody is asked for a passphrase`() async throws {
    let record = try Record()
    let ended = try await record.home.appliance("backup", "create", "--encrypt", "--json")
    #expect(ended.exit == 64)
    #expect(ended.output.contains("--passphrase-file"))
  }

  @Test func `a point in time is named instead of an archive`() async throws {
    let record = try Record()
    let home = record.home
    #expect(try await home.appliance("backup", "create").exit == 0)
    let later = ["APPLIANCE_NOW": "2025-09-21T08:00:00Z"]
    #expect(try await home.appliance("backup", "create", environment: later).exit == 0)
    let restored = try await home.appliance("backup", "restore", "--at", "2025-09-20", "--to", home.file("x.db"))
    #expect(restored.exit == 0)
    #expect(restored.talk.contains("made 2025-09-19T22:30:00Z"))
    let early = try await home.appliance("backup", "restore", "--at", "2025-09-18", "--to", home.file("y.db"))
    #expect(early.exit == 1)
    #expect(early.talk.contains("the oldest is of 2025-09-19T22:30:00Z"))
    let list = try await home.appliance("backup", "list")
    #expect(list.output.contains("reaches from 2025-09-19T22:30:00Z to 2025-09-21T08:00:00Z: 2 moments"))
    #expect(try await home.appliance("backup", "restore").exit == 64)
  }

  @Test func `a second folder that is not there is a warning, one that is there gets a copy`() async throws {
    let record = try Record()
    let home = record.home
    let absent = try await home.appliance(
      "backup", "create", environment: ["BACKUP_COPY_PATH": home.file("no/such/disk")])
    #expect(absent.exit == 0)
    #expect(absent.talk.contains("warning: nothing was copied"))
    #expect(try await home.appliance("backup", "copy").exit == 64)
    let copied = try await home.appliance("backup", "copy", environment: ["BACKUP_COPY_PATH": home.path])
    #expect(copied.exit == 0)
    #expect(copied.output.hasSuffix(": read back and compared\n"))
    #expect(home.names().contains { $0.hasPrefix("appliance_") && $0.hasSuffix(".proof.json") })
  }

  @Test func `what nobody needs is told before it goes, and goes with --yes only`() async throws {
    let record = try Record(
      """
      INSERT INTO body (body_id, sha256, size, encoding, content) VALUES (1, zeroblob(32), 7, 'identity', x'6e6f206c75636b');
      INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
        wire_bytes, read_outcome, body_id)
      VALUES (2, 1, 1, 'GET', '/x', 'http://example.test/x', 1000, 1001, 12, 500, 7, 'unreadable: status 500', 1);
      """)
    let home = record.home
    #expect(try await home.appliance("vault", "--json").output.contains("\"stored_bytes\":7"))
    let told = try await home.appliance("prune", "--json")
    #expect(told.exit == 0)
    #expect(told.output.contains("\"dry_run\":true,\"bytes\":7,"))
    let again = try await home.appliance("prune", "--json", "--dry-run")
    #expect(again.output == told.output)
    #expect(try await home.appliance("prune", "--yes").exit == 0)
    #expect(try await home.appliance("prune").output.contains("nothing older than 30 days can go"))
    #expect(try await home.appliance("prune", "--vacuum").exit == 64)
  }
}
