import Foundation
import Testing

@Suite struct ReportTests {
  private let home: TemporaryHome

  init() throws { home = try TemporaryHome() }

  private func run(_ words: String...) async throws -> ApplianceProcess.Ended { try await run(words) }

  private func run(_ words: [String]) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: words + ["--home", home.path], environment: ["APPLIANCE_NOW": "", "UNIVERSE": ""]
    ).run()
  }

  private func play() async throws {
    try await home.fillFromDemo(["UNIVERSE": ""])
  }

  @Test(arguments: ["report daily", "report sod", "report eod", "report weekly", "report asset", "verify"])
  func `help gives examples`(command: String) async throws {
    let ended = try await ApplianceProcess(
      arguments: command.split(separator: " ").map(String.init) + ["--help"], environment: ["COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command.replacing(" ", with: "-"))")
  }

  @Test func `every report is written in every form, and holds against the record`() async throws {
    try await play()
    for report in [["daily"], ["sod"], ["eod"], ["weekly"], ["asset", "BTC"]] {
      for form in ["md", "html"] {
        let file = home.file("\(report[0]).\(form)")
        let written = try await run(["report"] + report + ["-o", file])
        #expect(written.exit == 0, "\(written.talk)")
        let verified = try await run("verify", file)
        #expect(verified.exit == 0, "\(verified.output)")
        #expect(verified.output.contains("Holds: it is untouched, and follows from the data."))
      }
      let json = try await run(["report"] + report + ["--format", "json"])
      #expect(json.output.contains("\"report\": \"\(report[0])\""))
    }
  }

  @Test func `a page is at most 400 kB, is one file, and is the same each time`() async throws {
    try await play()
    let first = try await run("report", "daily", "--format", "html")
    let second = try await run("report", "daily", "--format", "html")
    #expect(first.output == second.output)
    #expect(first.output.utf8.count < 400_000)
    #expect(first.output.hasPrefix("<!DOCTYPE html>"))
    #expect(!first.output.contains("<script") && !first.output.contains("src=") && !first.output.contains("<link"))
  }

  @Test func `a figure changed by hand is found, and says so to programs too`() async throws {
    try await play()
    let file = home.file("daily.html")
    #expect(try await run("report", "daily", "-o", file).exit == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let figure = try #require(text.firstMatch(of: /[0-9]{2},[0-9]{3}\.[0-9]{2}/)).output
    try text.replacing(figure, with: "99,999.99", maxReplacements: 1)
      .write(toFile: file, atomically: true, encoding: .utf8)
    let told = try await run("verify", file)
    #expect(told.exit == 7)
    #expect(told.output.contains("Altered: the text is not the one that was sealed."))
    #expect(try await run("verify", file, "--json").output.replacing(" ", with: "").contains("\"outcome\":\"altered\""))
  }

  @Test(arguments: [
    (["daily", "--json", "--format", "md"], 64, "--json prints one object, and so no md"),
    (["eod", "--json", "-o", "x.html"], 64, "--json prints one object, and so no html"),
    (["daily", "--date", "2025-09-18", "--date", "2025-09-19"], 64, "--date was given 2 times"),
    (["sod", "--date", "2099-01-01"], 1, "2099-01-01 is still to come: today is 20"),
  ])
  func `flags that contradict each other, and days to come, are refused`(
    words: [String], exit: Int, says text: String
  ) async throws {
    try await play()
    let ended = try await run(["report"] + words)
    #expect(ended.exit == Int32(exit))
    // With --json a failure is an object of the output.
    #expect((ended.talk + ended.output).contains(text), "\(ended.talk)")
  }

  @Test func `a file that bears no seal is told so`() async throws {
    try await play()
    let file = home.file("notes.md")
    try "# Notes\n".write(toFile: file, atomically: true, encoding: .utf8)
    let told = try await run("verify", file)
    #expect(told.exit == 1)
    #expect(told.talk.contains("bears no seal"))
  }
}
