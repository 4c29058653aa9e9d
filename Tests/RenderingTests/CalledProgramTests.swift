import Testing

@testable import Rendering

@Suite struct `a command as it is typed` {
  private func typed(_ called: String, home: String? = nil, database: String? = nil) -> String {
    CalledProgram("appliance", called: called, home: home, database: database).typed("ingest --retry-failed")
  }

  @Test func `a program that was found in PATH is named`() {
    #expect(typed("appliance") == "appliance ingest --retry-failed")
  }

  @Test func `one that was called by a path is called by it again`() {
    #expect(typed(".build/release/appliance", home: ".") == ".build/release/appliance ingest --retry-failed --home .")
  }

  @Test(arguments: [
    ("`appliance ingest` makes one", "`./appliance ingest --home 'my home'` makes one"),
    (
      "`appliance backup list`, or `appliance ingest`",
      "`./appliance backup list --home 'my home'`, or `./appliance ingest --home 'my home'`"
    ),
    ("wrong; see `appliance show --help`", "wrong; see `./appliance show --help`"),
    ("`appliance is open", "`appliance is open"), ("an appliance ingests", "an appliance ingests"),
  ])
  func `a command that a sentence names is told as it is typed here`(said: String, told: String) {
    let program = CalledProgram("appliance", called: "./appliance", home: "my home", database: nil)
    #expect(program.retyped(said) == told)
  }

  @Test func `places that were given stand behind it, each one word for the shell`() {
    #expect(
      typed("/opt/my tools/appliance", home: "/home/ann/my markets", database: "a.db")
        == "'/opt/my tools/appliance' ingest --retry-failed --home '/home/ann/my markets' --db a.db")
  }
}
