/// One row of facts: its key within a series, and its values in the order of its kind's columns.
package struct FactRow: Hashable, Sendable {
  package let key: FactKey
  package let values: [FigureValue]

  /// A row; key and values must have as many parts as the kind has columns.
  package init(key: FactKey, values: [FigureValue]) {
    self.key = key
    self.values = values
  }
}

/// What tells the rows of a series apart: the parts of its key, in the order of the columns.
package struct FactKey: Hashable, Comparable, Sendable {
  /// One column of a key.
  package enum Part: Hashable, Sendable {
    /// The opening of a bar, the moment of a sample.
    case instant(Instant)
    case day(Day)
    /// A fund, an id, a link.
    case text(String)
  }
  package let parts: [Part]

  /// A key of several columns.
  package init(_ parts: Part...) { self.parts = parts }

  /// A key of the columns' values.
  package init(_ parts: [Part]) { self.parts = parts }

  /// The time in it: the instant, or the start of the day; `nil` for a key without one.
  package var at: Instant? {
    for part in parts {
      switch part {
      case .instant(let instant): return instant
      case .day(let day): return day.start
      case .text: continue
      }
    }
    return nil
  }

  /// The first text in it: the fund, the id.
  package var text: String? {
    for case .text(let text) in parts { return text }
    return nil
  }

  /// By the parts in their order, texts by their bytes, as SQLite orders them.
  package static func < (a: FactKey, b: FactKey) -> Bool {
    for (mine, other) in zip(a.parts, b.parts) where mine != other { return mine < other }
    return a.parts.count < b.parts.count
  }
}

extension FactKey.Part: Comparable {
  /// Parts of one column are of one case.
  package static func < (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.instant(let a), .instant(let b)): a < b
    case (.day(let a), .day(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.instant, _): true
    case (.day, .text): true
    default: false
    }
  }
}
