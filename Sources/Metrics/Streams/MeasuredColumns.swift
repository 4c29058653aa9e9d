/// What a measure gives over a whole series: a column for each of its values, a cell for each input.
package struct MeasuredColumns: Sendable {
  /// How many cells a column has.
  package let count: Int
  /// How many columns there are.
  package let width: Int
  /// Column by column; no number where there is no value, which is half the memory of optionals.
  private let cells: [Double]

  /// - Parameter fill: writes cells, which hold no number at first, column by column; `count` apart are those of one input.
  init(count: Int, width: Int, fill: (UnsafeMutableBufferPointer<Double>) -> Void) {
    (self.count, self.width) = (count, width)
    var cells = [Double](repeating: .nan, count: count * width)
    cells.withUnsafeMutableBufferPointer { fill($0) }
    self.cells = cells
  }

  /// The value of a column at an input; `nil` where there is none.
  package subscript(column: Int, index: Int) -> Double? {
    let value = cells[column * count + index]
    return value.isNaN ? nil : value
  }
}
