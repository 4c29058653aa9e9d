import Market
import Testing

@testable import Health

@Suite struct KeyChecksTests {
  private func finding(_ state: KeySetting.State, isRequired: Bool = false) throws -> Finding {
    let credential = Credential(header: "x-key", setting: "SOME_KEY", isRequired: isRequired)
    let key = KeySetting(
      of: .named("coingecko", credential: credential), credential, name: "SOME_KEY", origin: "environment", state: state
    )
    return try #require(KeyChecks([key]).findings.first)
  }

  @Test(arguments: [(true, "coingecko is left out"), (false, "coingecko answers without")])
  func `without a key it says what that means`(isRequired: Bool, meaning: String) throws {
    let finding = try finding(.unset, isRequired: isRequired)
    #expect(finding.state == .ok)
    #expect(finding.text == "SOME_KEY is not set; \(meaning)")
  }

  @Test func `one that cannot be sent is a problem, and one of an example a warning`() throws {
    #expect(try finding(.unusable("the key is empty")).text == "SOME_KEY (environment): the key is empty")
    #expect(try finding(.unusable("the key is empty")).state == .problem)
    #expect(try finding(.placeholder).state == .warning)
    #expect(try finding(.set).state == .ok)
  }

  @Test(arguments: ["your_api_key_here", "short", "xxxxxxxxxxxx", "<key>", "CHANGEME-now"])
  func `what examples put where a key belongs is no key`(text: String) {
    #expect(KeySetting.isPlaceholder(text))
  }

  @Test func `a key looks like one`() {
    #expect(!KeySetting.isPlaceholder("CG-4fK29sLwq8Zt71bN"))
  }
}
