import Market
import Testing

@testable import Health

@Suite struct `quotas in use` {
  private static let now = Instant(epochSeconds: 1_758_321_000)
  private let profile = ProviderProfile(
    name: "alpha", title: "Alpha", baseURL: "", homepage: "",
    politeness: Politeness(
      windows: [.init(limit: 5, seconds: 60), .init(limit: 25, limitWithKey: 500, seconds: 86_400)], concurrency: 1),
    safety: 0, probe: Request(provider: "alpha", path: "/"))

  private func use(_ window: Int64, ago: Int64, used: Int, closedFor: Int64? = nil, isKeyed: Bool = false) -> QuotaUse?
  {
    let state = QuotaState(
      provider: "alpha", window: window, windowStart: Self.now - ago, used: used,
      notBefore: closedFor.map { Self.now + $0 })
    return QuotaUse(state, profile: profile, isKeyed: isKeyed, at: Self.now)
  }

  @Test func `each window has its own limit and its own end`() throws {
    let minute = try #require(use(60, ago: 20, used: 4)), day = try #require(use(86_400, ago: 400, used: 7))
    #expect([minute.used, minute.limit, Int(minute.secondsLeft)] == [4, 5, 40])
    #expect([day.used, day.limit, Int(day.secondsLeft)] == [7, 25, 86_000])
    #expect(use(86_400, ago: 400, used: 7, isKeyed: true)?.limit == 500)
  }

  @Test func `a window that was not noted is the first`() {
    #expect(use(0, ago: 20, used: 4)?.limit == 5)
  }

  @Test func `one that is over, or that the provider has no more, is not shown`() {
    #expect(use(60, ago: 60, used: 4) == nil)
    #expect(use(3600, ago: 20, used: 4) == nil)
    #expect(use(60, ago: -1, used: 4) == nil)
  }

  @Test func `a provider's wish is shown, whatever window brings it`() {
    #expect(use(60, ago: 600, used: 4, closedFor: 30)?.closedFor == 30)
    #expect(use(3600, ago: 20, used: 4, closedFor: 30)?.closedFor == 30)
    #expect(use(3600, ago: 20, used: 4, closedFor: -30) == nil)
  }
}
