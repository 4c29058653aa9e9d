import Support
import Testing

@Suite struct CompletionsTests {
  @Test(arguments: [("bash", "complete "), ("zsh", "#compdef appliance"), ("fish", "complete -c 'appliance'")])
  func `a script for each shell knows the commands`(shell: String, mark: String) async throws {
    let result = try await Child.run("completions", shell)
    #expect(result.status == 0)
    #expect(result.output.contains(mark))
    #expect(result.output.contains("doctor"))
  }

  @Test func `another shell is wrong usage`() async throws {
    let result = try await Child.run("completions", "csh")
    #expect(result.status == 64)
    #expect(result.talk.contains("bash"))
  }
}
