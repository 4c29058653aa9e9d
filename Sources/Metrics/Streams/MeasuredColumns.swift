import Threads

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

  /// The values of several measures over the same inputs, a fold of `Measure.take` for each. Long series are measured on
  /// two cores.
  package init<Input: MeasureInput>(of measures: [any Measure<Input>], over inputs: [Input]) {
    let count = inputs.count
    let width = measures.reduce(0) { $0 + $1.lookBacks.count }
    cells = [Double](unsafeUninitializedCapacity: count * width) { cells, filled in
      filled = count * width
      askForLargePages(cells)
      guard let start = cells.baseAddress else { return }
      var shares = [Share<Input>(), Share<Input>()]
      var column = start
      for (index, measure) in measures.enumerated() {
        shares[count < worthTwoCores ? 0 : index % 2].append((measure, column))
        column += measure.lookBacks.count * count
      }
      inputs.withUnsafeBufferPointer { inputs in
        // Each column has one writer, and all are there until both are done.
        nonisolated(unsafe) let (first, second, inputs) = (shares[0], shares[1], inputs)
        guard !second.isEmpty else { return measure(first, over: inputs) }
        both({ measure(first, over: inputs) }, { measure(second, over: inputs) })
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

/// Measures, each with the first of its columns, which lie behind one another.
private typealias Share<Input: MeasureInput> = [(measure: any Measure<Input>, column: UnsafeMutablePointer<Double>)]

/// From so many inputs on a second thread is worth its start.
private let worthTwoCores = 10_000

/// Folds measures over the same inputs, a stretch of them by one measure after the other while they are near: one of bars is
/// 100 kB.
private func measure<Input: MeasureInput>(_ share: Share<Input>, over inputs: UnsafeBufferPointer<Input>) {
  let (stretch, count) = (2048, inputs.count)
  var operations = share.map(\.measure)
  for start in stride(from: 0, to: count, by: stretch) {
    let stretch = UnsafeBufferPointer(rebasing: inputs[start..<min(start + stretch, count)])
    for index in operations.indices {
      operations[index].take(stretch, into: share[index].column + start, apart: count)
    }
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
