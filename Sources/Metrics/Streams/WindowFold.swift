/// What is known of a stretch of a series, made of what is known of its parts.
protocol WindowSummary: Sendable {
  /// Of this stretch and the one right behind it. Associative but for rounding.
  func joined(_ newer: Self) -> Self
}

/// A summary of the last `length` elements, at each element, in constant time on average.
///
/// Nothing is ever taken away from a sum, so that nothing cancels and no error is carried on: each summary is made of the
/// elements in its window and no others, as if it were made anew. For each block of `length` elements the summaries of
/// its ends are made once, when it is whole; a window is the end of one block and the beginning of the next.
struct WindowFold<Summary: WindowSummary>: Sendable {
  private let length: Int
  /// Up to `place` the elements of the block that is being filled; from there on, where there was a block before, the
  /// summary of its end from that element on.
  private var slots: [Summary] = []
  private var place = 0
  private var isWhole = false
  /// Of the block that is being filled.
  private var beginning: Summary?

  /// - Parameter length: at least 1.
  init(_ length: Int) {
    precondition(length > 0, "a window has an element")
    self.length = length
    slots.reserveCapacity(length)
  }

  /// Takes the next element as a summary of itself.
  ///
  /// - Returns: `nil` for the first `length − 1` elements.
  @inline(__always)
  mutating func take(_ element: Summary) -> Summary? {
    let newest = beginning?.joined(element) ?? element
    if isWhole { slots[place] = element } else { slots.append(element) }
    place += 1
    guard place == length else {
      beginning = newest
      return isWhole ? slots[place].joined(newest) : nil
    }
    endBlock()
    return newest
  }

  /// Takes elements in a row, `take` of each: the same sums in the same order, without asking for each of them whether a
  /// block is whole and who else holds the slots.
  ///
  /// - Parameters:
  ///   - element: the one of an index from 0 up to `count`; `nil` for one that is passed over.
  ///   - receive: gets each index with its summary; `nil` for the first `length − 1` elements and what is passed over.
  @inline(__always)
  mutating func take(_ count: Int, element: (Int) -> Summary?, receive: (Int, Summary?) -> Void) {
    var index = 0
    while index < count, !isWhole || place > 0 {
      receive(index, element(index).flatMap { take($0) })
      index += 1
    }
    while index < count { takeBlock(from: &index, to: count, element: element, receive: receive) }
  }

  /// Takes elements of one block from its start, until it is whole or nothing is left, behind a block that was whole.
  @inline(__always)
  private mutating func takeBlock(
    from index: inout Int, to count: Int, element: (Int) -> Summary?, receive: (Int, Summary?) -> Void
  ) {
    guard let first = element(index) else {
      receive(index, nil)
      index += 1
      return
    }
    var (filled, newest) = (1, first)
    slots.withUnsafeMutableBufferPointer { slots in
      slots[0] = first
      receive(index, filled == slots.count ? first : slots[1].joined(first))
      index += 1
      while index < count, filled < slots.count {
        if let next = element(index) {
          slots[filled] = next
          newest = newest.joined(next)
          filled += 1
          receive(index, filled == slots.count ? newest : slots[filled].joined(newest))
        } else {
          receive(index, nil)
        }
        index += 1
      }
    }
    (place, beginning) = (filled, newest)
    if filled == length { endBlock() }
  }

  /// Makes the summaries of the ends of a block that is whole.
  private mutating func endBlock() {
    slots.withUnsafeMutableBufferPointer { slots in
      var end = slots[slots.count - 1]
      for index in stride(from: slots.count - 2, through: 0, by: -1) {
        end = slots[index].joined(end)
        slots[index] = end
      }
    }
    (place, isWhole, beginning) = (0, true, nil)
  }
}

/// The last elements of a series, and the one that leaves them.
struct LastElements<Element: Sendable>: Sendable {
  private let length: Int
  /// In no particular order.
  private(set) var elements: [Element] = []
  private var oldest = 0

  /// - Parameter length: at least 1.
  init(_ length: Int) {
    precondition(length > 0, "a window has an element")
    self.length = length
    elements.reserveCapacity(length)
  }

  /// Takes the next element.
  ///
  /// - Returns: the one `length` elements before it; `nil` for the first `length`.
  mutating func take(_ element: Element) -> Element? {
    guard elements.count == length else {
      elements.append(element)
      return nil
    }
    let left = elements[oldest]
    elements[oldest] = element
    oldest = oldest + 1 == length ? 0 : oldest + 1
    return left
  }

  /// Whether as many came as are kept.
  var isFull: Bool { elements.count == length }
}
