import Testing

@testable import Health

@Suite struct CronLineTests {
  @Test(arguments: [
    ("/home/ann/markets", "/home/ann/markets"), ("/tmp/a b", "'/tmp/a b'"), ("/tmp/50%", "'/tmp/50\\%'"),
    ("/tmp/it's", "'/tmp/it'\\''s'"), ("/tmp/$HOME", "'/tmp/$HOME'"),
  ])
  func `a path in the line for cron is one word`(path: String, quoted: String) {
    #expect(CronLine.quoted(path) == quoted)
  }

  @Test func `a database elsewhere is named`() {
    let line = CronLine(program: "/bin/appliance", home: "/home/ann", database: "/data/a b.db")
    #expect(line.text == "5 * * * * /bin/appliance ingest --home /home/ann --db '/data/a b.db' --quiet")
  }
}
