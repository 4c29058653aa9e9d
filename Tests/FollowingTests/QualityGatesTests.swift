import Market
import Metrics
import Store
import Testing

@testable import Following

/// What is let pass is a decision of the user, of which the newest holds.
@Suite struct QualityGatesTests {
  private let store: Store

  init() throws { store = try Store.scratch() }

  private func decide(_ decisions: QualityDecision...) throws {
    try store.following.decide(decisions, at: Instant(epochSeconds: 1_758_321_000))
  }

  @Test func `nothing decided leaves what the program says`() throws {
    #expect(try store.following.qualityGates() == QualityGates())
  }

  @Test func `the newest decision about a check holds`() throws {
    try decide(.most(.fold, 0.01), .most(.late, 3))
    try decide(.most(.fold, 0.0025), .anything(.gaps))
    #expect(try store.following.qualityGates() == QualityGates(["fold": 0.0025, "late": 3, "gaps": nil]))
    try decide(.usual(.fold), .usual(.gaps))
    #expect(try store.following.qualityGates() == QualityGates(["late": 3]))
  }
}
