import Market
import Testing

@testable import Transport

@Suite struct `addresses` {
  private static let profiles: [ProviderProfile] = [
    .profile("coingecko", baseURL: "https://api.coingecko.com/api/v3"),
    .profile("alternative.me", baseURL: "https://api.alternative.me"),
  ]

  private func bases(everything: String? = nil, moved: [ProviderName: String] = [:]) throws -> [String?] {
    let addresses = try Addresses(of: Self.profiles, everything: everything, moved: moved)
    return [addresses.base(of: "coingecko"), addresses.base(of: "alternative.me")]
  }

  @Test func `each provider has its own`() throws {
    #expect(try bases() == ["https://api.coingecko.com/api/v3", "https://api.alternative.me"])
  }

  @Test(arguments: ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"])
  func `one is moved with its path`(text: String) throws {
    #expect(try bases(moved: ["coingecko": text]) == ["http://127.0.0.1:8080/api/v3", "https://api.alternative.me"])
  }

  @Test func `all are moved, each under its name, and one of them elsewhere`() throws {
    #expect(
      try bases(everything: "http://127.0.0.1:8080", moved: ["coingecko": "http://[::1]:9/x/"])
        == ["http://[::1]:9/x/api/v3", "http://127.0.0.1:8080/alternative-me"])
  }

  @Test(arguments: [
    "127.0.0.1:8080", "ftp://a.example", "http://", "", "http://a b/", "http://a.example:99999", "javascript:1",
    "http://a.example/\r\nx",
  ])
  func `what is no address names its setting`(text: String) {
    #expect(throws: AddressError(setting: "APPLIANCE_ALTERNATIVE_ME_BASE_URL", text: text, fault: .notAnAddress)) {
      try Addresses(of: Self.profiles, moved: ["alternative.me": text])
    }
  }

  @Test func `a password is refused and not shown`() {
    #expect(throws: AddressError(setting: "APPLIANCE_BASE_URL", text: "https://a.example", fault: .hasUser)) {
      try Addresses(of: Self.profiles, everything: "https://me:secret@a.example")
    }
  }

  @Test(arguments: ["http://a.example/?k=v", "http://a.example/#x"])
  func `a query is refused`(text: String) {
    #expect(throws: AddressError.self) { try Addresses(of: Self.profiles, everything: text) }
  }

  @Test(arguments: [
    ("http://127.0.0.1:1", true), ("http://127.9.9.9", true), ("http://localhost:1", true), ("http://[::1]", true),
    ("http://0x7f.1/", true), ("http://api.localhost", true), ("http://10.0.0.1", false),
    ("http://localhost.example", false),
  ])
  func `a provider on this machine is known`(text: String, expected: Bool) throws {
    let addresses = try Addresses(of: Self.profiles, moved: ["coingecko": text])
    #expect(addresses.isLoopback("coingecko") == expected)
    #expect(addresses.isMoved("coingecko"))
    #expect(!addresses.isLoopback("alternative.me"))
  }
}

@Suite struct `IP addresses` {
  @Test(arguments: [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",
    "192.168.1.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12::1", "fe80::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
  ])
  func `inside`(text: String) throws {
    #expect(try !#require(IPAddress(text)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.2.1", "192.167.1.1", "198.18.0.1",
    "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::",
  ])
  func `outside`(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic)
  }

  @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "::1::", "localhost"])
  func `neither`(text: String) { #expect(IPAddress(text) == nil) }
}

@Suite struct `proxies` {
  private func proxy(_ environment: [String: String], _ address: String) throws -> String? {
    Proxies { environment[$0] }.proxy(for: try #require(WebAddress(address)))
  }

  @Test func `each scheme has its own, or the one for all`() throws {
    let environment = ["https_proxy": "http://p:1", "all_proxy": "socks5://p:2", "HTTP_PROXY": "http://evil"]
    #expect(try proxy(environment, "https://a.example") == "http://p:1")
    #expect(try proxy(environment, "http://a.example") == "socks5://p:2")
  }

  @Test(arguments: [
    ("a.example", true), (".example", true), ("x, a.example", true), ("*", true), ("A.Example", true),
    ("ample", false), ("b.a.example", false),
  ])
  func `no_proxy names hosts and domains`(exempt: String, isDirect: Bool) throws {
    let environment = ["HTTPS_PROXY": "http://p", "no_proxy": exempt]
    #expect(try (proxy(environment, "https://a.example") == nil) == isDirect)
  }

  @Test(arguments: ["http://127.0.0.1:1", "http://localhost", "http://[::1]"])
  func `this machine is asked directly`(address: String) throws {
    #expect(try proxy(["all_proxy": "http://p"], address) == nil)
  }
}
