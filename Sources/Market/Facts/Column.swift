/// A column of a result: what it is called and what its cells hold.
package struct Column: Hashable, Sendable {
  /// What the cells hold, where they hold something.
  package enum Kind: UInt8, Hashable, Sendable {
    case integer, real, text
  }

  /// The heading, the JSON key, the name in SQL.
  package let name: String
  /// A cell may be null besides. It decides how SQL declares the column and to which side a table aligns it.
  package let kind: Kind

  /// What texts and integers mean, for formats that have a type for it.
  package enum Meaning: Hashable, Sendable {
    /// `2025-09-19T21:00:00Z`
    case instant
    /// `2025-09-19`
    case day
    /// 0 or 1.
    case flag
  }

  /// `nil` where cells mean nothing but themselves.
  package let meaning: Meaning?

  /// What a number says, for screens that round it.
  package enum Figure: Hashable, Sendable {
    /// What a unit of the asset costs; as many decimals as the asset's prices have.
    case price
    /// How much there is, or was traded: four digits say enough.
    case amount
    /// A fraction by which something rose or fell.
    case change
    /// A fraction without direction.
    case rate
    /// A number without a unit, such as one from 0 to 100: two decimals say enough.
    case index
  }

  /// `nil` for numbers that are shown as they are.
  package let figure: Figure?

  /// Where a column stands when a table is too wide for its terminal; what comes first here is shown first.
  package enum Rank: CaseIterable, Hashable, Sendable {
    /// What the row says, and when.
    case usual
    /// Of what, where a line above the table may say so.
    case name
    /// Open, high and low: all of them or none, as two of them would be taken for others.
    case range
    /// What a narrow screen may do without.
    case minor
    /// What leads elsewhere: numbers of rows, and what a provider calls something.
    case reference
  }

  /// What a narrow screen shows first.
  package let rank: Rank

  /// Of texts whose beginning tells them apart, as addresses, the width that is enough; `nil` where no word is to be cut.
  package let least: Int?

  /// A column; the kind stands second, as in SQL.
  package init(
    _ name: String, _ kind: Kind, _ rank: Rank = .usual, meaning: Meaning? = nil, figure: Figure? = nil,
    least: Int? = nil
  ) {
    self.name = name
    self.kind = kind
    self.rank = rank
    self.meaning = meaning
    self.figure = figure
    self.least = least
  }
}
