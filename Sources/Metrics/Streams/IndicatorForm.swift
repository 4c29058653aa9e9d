import Market

/// What can be asked for by name: a measure of the bars of one asset whose parameters are still open.
package struct IndicatorForm: Sendable {
  /// A number that is part of the formula.
  package struct Parameter: Hashable, Sendable {
    /// What it is: `period`.
    package let name: String
    /// What it is where nobody says so.
    package let usual: Double
    /// What it may be.
    package let range: ClosedRange<Double>
    /// Whether it counts something.
    package let isWhole: Bool

    /// A number of bars.
    static func bars(_ name: String, _ usual: Int, atLeast least: Int = 2) -> Parameter {
      Parameter(name: name, usual: Double(usual), range: Double(least)...10_000, isWhole: true)
    }

    /// A multiple or a share.
    static func factor(_ name: String, _ usual: Double, upTo most: Double = 100) -> Parameter {
      Parameter(name: name, usual: usual, range: 0.0001...most, isWhole: false)
    }
  }

  /// By which it is asked for: `rsi`.
  package let name: String
  /// What the name stands for.
  package let title: String
  /// How it is computed, in a line.
  package let formula: String
  /// Who defined it so, and what else gives the same numbers.
  package let source: String
  /// What its values are: `0 to 100`, `price`.
  package let unit: String
  /// In the order in which they are written: `macd:12/26/9`.
  package let parameters: [Parameter]
  private let make: @Sendable ([Double]) -> any Measure<Bar>

  /// A form. The measure is made of one number for each parameter, all within their ranges.
  init(
    _ name: String, _ title: String, formula: String, source: String, unit: String, parameters: [Parameter] = [],
    make: @escaping @Sendable ([Double]) -> any Measure<Bar>
  ) {
    self.name = name
    self.title = title
    self.formula = formula
    self.source = source
    self.unit = unit
    self.parameters = parameters
    self.make = make
  }

  /// Whether its values are prices, or distances between them.
  package var isPrice: Bool { unit == "price" }

  /// With the numbers that are usual.
  package var usual: Indicator { indicator(parameters.map(\.usual)) }

  func indicator(_ numbers: [Double]) -> Indicator { Indicator(self, numbers, make(numbers)) }
}
