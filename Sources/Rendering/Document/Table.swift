import Market

/// A table of a document: each cell as it is shown and, where it is a figure, as it is.
package struct Table: Equatable, Sendable {
  /// A heading, and how what stands below it is set.
  package struct Column: Hashable, Sendable {
    /// What the cells are.
    package enum Kind: Hashable, Sendable {
      case text
      /// Set to the right, so that digits stand below each other.
      case figure
      /// Drawn; left out where nothing can be drawn.
      case curve
    }

    let name: String
    let kind: Kind
    var isMinor = false

    /// A column of words.
    package static func text(_ name: String) -> Column { Column(name: name, kind: .text) }
    /// A column of figures.
    package static func figure(_ name: String) -> Column { Column(name: name, kind: .figure) }
    /// The same, one that a phone held upright does without.
    package var minor: Column { Column(name: name, kind: kind, isMinor: true) }
    /// A column of curves.
    package static func curve(_ name: String) -> Column { Column(name: name, kind: .curve) }
  }

  /// What the table shows, for whoever hears it read.
  package let caption: String
  /// From left to right.
  package let columns: [Column]
  /// A cell for each column in each.
  package let rows: [[Cell]]
  /// How many rows at the end are sums of the others.
  package let sums: Int

  /// A table; each row has as many cells as there are columns.
  package init(_ caption: String, columns: [Column], rows: [[Cell]], sums: Int = 0) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.sums = sums
  }

  /// The same without the columns that are only drawn.
  var written: Table {
    let kept = columns.indices.filter { columns[$0].kind != .curve }
    return Table(caption, columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } }, sums: sums)
  }
}

/// One cell of a table.
package struct Cell: Equatable, Sendable, ExpressibleByStringLiteral {
  /// Whether a figure stands for a rise or a fall; the sign in the text says the same, as colour alone tells nobody.
  package enum Tone: String, Hashable, Sendable { case rise, fall }

  /// As it is shown.
  package let text: String
  /// As programs read it.
  package let value: JSONValue
  /// `nil` for what is neither.
  package let tone: Tone?
  /// What is drawn in a column of curves.
  package let curve: [Double?]

  /// A cell.
  ///
  /// - Parameters:
  ///   - text: as it is shown.
  ///   - value: as programs read it; the text where it is left out.
  ///   - tone: of a rise or a fall.
  package init(_ text: String, value: JSONValue? = nil, tone: Tone? = nil) {
    self.text = text
    self.value = value ?? .string(text)
    self.tone = tone
    curve = []
  }

  /// A text.
  package init(stringLiteral text: String) { self.init(text) }

  /// A curve.
  ///
  /// - Parameter values: oldest first, `nil` where one is missing.
  package init(curve values: [Double?]) {
    text = dottedSparkline(of: values)
    value = .array(values.map(JSONValue.optional))
    tone = nil
    curve = values
  }

  /// What is missing.
  package static let missing = Cell("–", value: .null)

  /// How many there are of something.
  package static func count(_ count: Int) -> Cell { Cell("\(count)", value: .integer(Int64(count))) }

  /// A figure: how it is shown, and with all its digits.
  package static func figure(_ value: Double?, _ text: (Double) -> String) -> Cell {
    value.map { Cell(text($0), value: .number($0)) } ?? missing
  }

  /// A fraction that has a direction, as signed per cent.
  package static func change(_ fraction: Double?) -> Cell {
    guard let fraction else { return missing }
    return Cell(
      percentText(fraction), value: .number(fraction), tone: fraction > 0 ? .rise : fraction < 0 ? .fall : nil)
  }
}
