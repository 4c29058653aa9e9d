import Testing

@testable import Commands

@Suite struct ShownSettingTests {
  @Test(arguments: [
    ("http://ann:pw@host:1/x", "http://…@host:1/x"), ("https://host/a@b", "https://host/a@b"),
    ("http://a@b@host", "http://…@host"), ("plain", "plain"), ("http://host", "http://host"),
  ])
  func `an address is shown without its password`(address: String, shown: String) {
    #expect(ShownSetting.withoutPassword(address) == shown)
  }
}
