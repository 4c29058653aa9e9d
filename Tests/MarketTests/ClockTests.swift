import Market
import Testing

@Suite struct `clocks` {
  private let instant = Instant(epochSeconds: 1_758_320_000)

  @Test func `one that stands shows its instant, waits for nothing and says that it was set`() async throws {
    let clock = Clock.standing(at: instant)
    try await clock.sleep(for: .seconds(86_400))
    #expect(clock.now == instant)
    #expect(clock.isSet)
  }

  @Test func `one that starts begins at its instant and never goes back`() {
    let clock = Clock.starting(at: instant)
    let first = clock.now
    #expect(first >= instant)
    #expect(clock.now >= first)
    #expect(clock.isSet)
  }

  @Test func `the wall's is not set`() {
    #expect(!Clock.wall.isSet)
  }

  @Test func `waiting ends with the task`() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await Clock.standing(at: instant).sleep(for: .seconds(1))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
