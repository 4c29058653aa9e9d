/// The columns of a kind of fact: what tells rows apart within a series, and what they say.
package struct FactShape: Hashable, Sendable {
  /// A column of the key.
  package struct KeyColumn: Hashable, Sendable {
    /// What its cells hold.
    package enum Kind: Hashable, Sendable { case instant, day, text }

    /// Its name in texts that leave the file: `ticker`.
    package let name: String
    package let kind: Kind

    /// A column of this name.
    package init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// A column of values.
  package struct ValueColumn: Hashable, Sendable {
    /// What its cells hold.
    package enum Kind: Hashable, Sendable { case real, whole, text }

    package let field: FigureField
    package let kind: Kind
    /// Whether a cell may be empty: not reported, not given.
    package let mayBeAbsent: Bool
    /// Whole numbers between which the value always lies; `nil` for any.
    package let bounds: ClosedRange<Double>?

    /// A column of this name.
    package init(
      _ field: FigureField, _ kind: Kind, mayBeAbsent: Bool = false, bounds: ClosedRange<Double>? = nil
    ) {
      self.field = field
      self.kind = kind
      self.mayBeAbsent = mayBeAbsent
      self.bounds = bounds
    }
  }

  package let dataset: Dataset
  package let key: [KeyColumn]
  package let values: [ValueColumn]

  /// A shape whose key holds a time, by which rows are ordered and counted.
  package init(_ dataset: Dataset, key: [KeyColumn], values: [ValueColumn]) {
    self.dataset = dataset
    self.key = key
    self.values = values
  }

  /// The figures of a row, in the order of its columns.
  package var fields: [FigureField] { values.map(\.field) }

  /// Where in a row's values a figure stands; `nil` for one that such rows do not have.
  package func index(of field: FigureField) -> Int? { values.firstIndex { $0.field == field } }
}
