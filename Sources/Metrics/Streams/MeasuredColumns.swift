/// What measures give over a whole series: a column for each of their values, a cell for each input.
package struct MeasuredColumns: Sendable {
  /// How many cells a column has.
  package let count: Int
  /// How many columns there are: those of the first measure, then those of the next.
  package let width: Int
  /// Column by column; no number where there is no value, which is half the memory of optionals.
  private let cells: [Double]

  /// So many inputs are handed to one measure after the other while they are near: those of a million bars do not stay so.
  private static let stretch = 512

  /// The values of several measures over the same inputs, a fold of `Measure.take` for each.
  package init<Input>(of measures: [any Measure<Input>], over inputs: [Input]) {
    let count = inputs.count
    var operations = measures
    let places = measures.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.lookBacks.count) }
    let width = places[measures.count]
    cells = [Double](unsafeUninitializedCapacity: count * width) { cells, filled in
      inputs.withUnsafeBufferPointer { inputs in
        for start in stride(from: 0, to: count, by: MeasuredColumns.stretch) {
          let near = UnsafeBufferPointer(rebasing: inputs[start..<min(start + MeasuredColumns.stretch, count)])
          for index in operations.indices {
            guard let first = cells.baseAddress else { break }
            operations[index].take(near, into: first + places[index] * count + start, apart: count)
          }
        }
      }
      filled = count * width
    }
    (self.count, self.width) = (count, width)
  }

  /// The value of a column at an input; `nil` where there is none.
  package subscript(column: Int, index: Int) -> Double? {
    let value = cells[column * count + index]
    return value.isNaN ? nil : value
  }
}
