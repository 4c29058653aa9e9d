import Metrics
import Testing

@Suite struct SampleStandardDeviationTests {
  @Test func `it divides by n minus one`() {
    // Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, 32 / 7.
    #expect(isClose(sampleStandardDeviation([2.0, 4, 4, 4, 5, 5, 7, 9]), (32.0 / 7).squareRoot()))
  }

  @Test(arguments: [[], [1.0]])
  func `fewer than two values have none`(values: [Double]) {
    #expect(sampleStandardDeviation(values) == nil)
  }

  @Test func `a shift changes nothing, a factor scales it`() throws {
    let values = wanderingCloses(50)
    let plain = try #require(sampleStandardDeviation(values))
    #expect(isClose(sampleStandardDeviation(values.map { $0 + 1000 }), plain, within: 1e-9))
    #expect(isClose(sampleStandardDeviation(values.map { $0 * -3 }), plain * 3, within: 1e-9))
  }
}
