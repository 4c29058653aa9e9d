import Rendering
import Testing

@Suite struct SparklineTests {
  @Test func `values rise from the lowest to the highest bar`() {
    #expect(sparkline(of: [0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(sparkline(of: [-10, 10]) == "▁█")
  }

  @Test func `gaps are spaces`() {
    #expect(sparkline(of: [1, nil, 2, .nan, .infinity]) == "▁ █  ")
    #expect(sparkline(of: [nil, nil]) == "  ")
    #expect(sparkline(of: []) == "")
  }

  @Test func `equal values stand halfway`() {
    #expect(sparkline(of: [5, 5, 5]) == "▄▄▄")
  }

  @Test func `the widest range there is does not overflow`() {
    #expect(sparkline(of: [-.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude]) == "▁▅█")
  }
}
