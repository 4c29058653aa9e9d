import Market

/// The close of a bar, and when the bar opens.
package struct DatedClose: Hashable, Sendable {
  /// When the bar opens.
  package let time: Instant
  /// Its last price.
  package let close: Double

  /// A close as given.
  package init(time: Instant, close: Double) { (self.time, self.close) = (time, close) }
}

extension AdjustmentFactors {
  /// The closes, restated; the same numbers as those of restated bars.
  ///
  /// - Parameter closes: oldest first.
  package func adjusted(_ closes: [DatedClose]) -> [DatedClose] {
    guard !steps.isEmpty else { return closes }
    var rest = steps[...]
    return closes.map { close in
      while let step = rest.first, step.before <= close.time { rest.removeFirst() }
      return rest.first.map { DatedClose(time: close.time, close: close.close * $0.price) } ?? close
    }
  }
}
