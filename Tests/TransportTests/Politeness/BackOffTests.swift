import Testing

@testable import Transport

@Suite struct `back-off` {
  @Test(arguments: [
    (1, 0.0, Duration.milliseconds(500)), (1, 1.0, .seconds(1)), (2, 0.0, .seconds(1)), (2, 0.5, .milliseconds(1500)),
    (3, 1.0, .seconds(4)),
  ])
  func `doubles, and is shortened at random`(tries: Int, random: Double, expected: Duration) {
    #expect(RetryPolicy.backOff(afterTry: tries, random: random) == expected)
  }
}
