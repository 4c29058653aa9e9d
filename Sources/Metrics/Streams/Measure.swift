import Market

/// A measure as a streaming operator: it takes one input at a time and gives a value, or nothing while it has seen too
/// little.
///
/// The same code runs over a column of history, a backtest and a live bar; `MeasuredColumns` are a fold of `take`, so that
/// both give the same bits. An operator is a value: a copy is a second operator that goes on from the same place.
package protocol Measure<Input>: Sendable {
  /// What it takes: a price, a bar, or a pair of prices.
  associatedtype Input: MeasureInput
  /// What it gives: a number, or several that have names.
  associatedtype Output: MeasureOutput

  /// What it reads of a bar.
  static var inputs: BarFields { get }
  /// What becomes of its values when all prices are multiplied by the same number.
  static var degree: PriceDegree { get }
  /// For each of its values, how many inputs are taken before the first one that brings it: 13 for an average of 14.
  var lookBacks: [Int] { get }

  /// Takes the next input, all of whose numbers are finite.
  ///
  /// - Returns: `nil` during the warm-up, and where the formula has no value.
  mutating func step(_ input: Input) -> Output?

  // Those below are the same for all. They are asked for here so that each measure has code of its own for them, which is
  // ten times as fast as code for any.

  /// Takes a stretch of inputs and writes what comes of each: a cell of a column for each of `lookBacks`, no number where
  /// there is no value. The cells of one input are `apart` from each other.
  mutating func take(_ inputs: UnsafeBufferPointer<Input>, into cells: UnsafeMutablePointer<Double>, apart: Int)
  /// Takes the next input and appends what comes of it to a row: a number or `nil` for each of `lookBacks`.
  mutating func take(_ input: Input, into row: inout [Double?])
}

extension Measure {
  /// Takes the next input. One that lacks a number it needs is passed over, as if it had not come: there is no value at
  /// its place, and what follows is as without it.
  @inline(__always)
  package mutating func take(_ input: Input) -> Output? { input.isUsable(for: Self.inputs) ? step(input) : nil }

  /// `take` of each.
  package mutating func take(
    _ inputs: UnsafeBufferPointer<Input>, into cells: UnsafeMutablePointer<Double>, apart: Int
  ) {
    let width = lookBacks.count
    for index in inputs.indices {
      var cell = cells + index
      guard let output = take(inputs[index]) else {
        for _ in 0..<width {
          cell.initialize(to: .nan)
          cell += apart
        }
        continue
      }
      output.hand { value in
        cell.initialize(to: value ?? .nan)
        cell += apart
      }
    }
  }

  /// The values over a whole series, one for each input, as they are given.
  package func values(over inputs: [Input]) -> [Output?] {
    var operation = self
    return inputs.map { operation.take($0) }
  }

  /// Takes it, and hands over what it gives.
  package mutating func take(_ input: Input, into row: inout [Double?]) {
    guard let output = take(input) else { return row.append(contentsOf: repeatElement(nil, count: lookBacks.count)) }
    output.hand { row.append($0) }
  }
}

/// What becomes of a measure when all prices are multiplied by the same number.
package enum PriceDegree: Hashable, Sendable {
  /// Nothing: a ratio of prices.
  case ratio
  /// It is multiplied by the number too: a price, or a distance between prices.
  case price
  /// It is multiplied by the number's square: a variance.
  case square
  /// Nothing, as it is an amount of what was traded.
  case volume

  /// The power of the factor by which values are multiplied; `nil` for amounts, whose unit is not that of prices.
  package var exponent: Int? {
    switch self {
    case .ratio: 0
    case .price: 1
    case .square: 2
    case .volume: nil
    }
  }
}

/// What a measure gives.
package protocol MeasureOutput: Equatable, Sendable {
  /// What the values are called, in the order in which they are handed over; empty where there is one that bears the
  /// name of the measure.
  static var names: [String] { get }
  /// Hands over each value, or `nil` for one that is still missing.
  func hand(to receive: (Double?) -> Void)
}

extension Double: MeasureOutput {
  /// Empty: it bears the name of the measure.
  package static var names: [String] { [] }
  /// Hands itself over.
  package func hand(to receive: (Double?) -> Void) { receive(self) }
}
