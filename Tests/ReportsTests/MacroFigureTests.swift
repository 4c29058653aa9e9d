import Testing

@testable import Reports

@Suite struct MacroFigureTests {
  @Test(arguments: [
    (216_000, "216,000"), (31_014.7, "31,014.7"), (4.4, "4.4"), (332.154, "332.154"), (3.987654321, "3.9877"),
    (4_163_596_357_879.39, "4,163,596,357,879"), (-0.5, "−0.5"), (-2, "−2"), (0, "0"), (1e30, "1e+30"),
  ])
  func `an economic figure is shown as published, without more of a fraction than anybody reads`(
    value: Double, text: String
  ) {
    #expect(MacroSection.Line.levelText(value) == text)
  }
}
