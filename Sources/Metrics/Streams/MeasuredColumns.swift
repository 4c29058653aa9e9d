#if canImport(Glibc)
  import Glibc
#endif

/// What measures give over a whole series: a column for each of their values, a cell for each input.
package struct MeasuredColumns: Sendable {
  /// How many cells a column has.
  package let count: Int
  /// How many columns there are: those of the first measure, then those of the next.
  package let width: Int
  /// Column by column; no number where there is no value, which is half the memory of optionals.
  private let cells: [Double]

  /// The values of several measures over the same inputs, a fold of `Measure.take` for each.
  package init<Input>(of measures: [any Measure<Input>], over inputs: [Input]) {
    let count = inputs.count
    let width = measures.reduce(0) { $0 + $1.lookBacks.count }
    cells = [Double](unsafeUninitializedCapacity: count * width) { cells, filled in
      filled = count * width
      askForLargePages(cells)
      guard var column = cells.baseAddress else { return }
      inputs.withUnsafeBufferPointer { inputs in
        for measure in measures {
          var operation = measure
          operation.take(inputs, into: column, apart: count)
          column += measure.lookBacks.count * count
        }
      }
    }
    (self.count, self.width) = (count, width)
  }

  /// The value of a column at an input; `nil` where there is none.
  package subscript(column: Int, index: Int) -> Double? {
    let value = cells[column * count + index]
    return value.isNaN ? nil : value
  }
}

/// Has fresh memory come in pages of 2 MiB where the system has them: half the time of filling a hundred megabytes goes into
/// fetching pages of 4 KiB one by one. Where they cannot be had nothing changes.
private func askForLargePages(_ cells: UnsafeMutableBufferPointer<Double>) {
  #if canImport(Glibc)
    let (page, bytes) = (4096, UnsafeMutableRawBufferPointer(cells))
    guard bytes.count >= 4 << 20, let start = bytes.baseAddress else { return }
    let first = start.alignedUp(toMultipleOf: page)
    _ = madvise(first, (bytes.count - (first - start)) & ~(page - 1), MADV_HUGEPAGE)
  #endif
}
