/// Where in the bytes of an answer a figure stands, and by which rule it became the value in the table.
///
/// A place is found by reading the answer again. It proves nothing by itself: whoever shows it reads the bytes there
/// once more and compares.
package struct Place: Hashable, Sendable {
  /// Where in a document, in the words of its kind.
  package enum Path: Hashable, Sendable {
    /// From the root of the document: `$[12][4]`, `$.data[3].value`.
    case json(String)
    /// A cell of an HTML table, all counted from 1: the tables of the page that hold flows, the rows with cells, the
    /// columns with spans counted. `heading` is what stands above the column.
    case cell(table: Int, row: Int, column: Int, heading: String)
    /// A line of a file that was imported, from 1.
    case line(Int)
  }

  /// Where it is in the document.
  package let path: Path
  /// Bytes of the body, counted from 0: in JSON the whole scalar, its quotes included; in a page what lies between the
  /// tags of the cell. `nil` where the page is too broken to tell.
  package let bytes: Range<Int>?
  /// How the text there becomes the value.
  package let rule: PlaceRule

  /// - Parameter bytes: of the body, from 0; `nil` where they cannot be told.
  package init(path: Path, bytes: Range<Int>?, rule: PlaceRule) {
    self.path = path
    self.bytes = bytes
    self.rule = rule
  }
}

extension Place.Path: CustomStringConvertible {
  /// `$[12][4]`, or `table 1, row 5, column 2 (IBIT)`
  package var description: String {
    switch self {
    case .json(let path): path
    case .cell(let table, let row, let column, let heading): "table \(table), row \(row), column \(column) (\(heading))"
    case .line(let number): "line \(number)"
    }
  }
}

/// How the text at a place becomes a value; a closed list, whose raw value is its name in JSON.
package enum PlaceRule: String, CaseIterable, Hashable, Sendable {
  /// A decimal number, bare or in quotes.
  case number
  /// A whole number, bare or in quotes.
  case count
  /// A string as it is.
  case text
  /// Millions of dollars as people print them: commas between thousands, a loss in parentheses, a dash for no report.
  case millionsOfDollars = "millions_of_dollars"
  /// Dollars, rounded to whole ones; null or nothing for no report.
  case dollars
  /// A row of a file, read as its layout says.
  case row
  /// A 32-bit float that was printed with the digits of a 64-bit one.
  case widenedFloat = "widened_float"
  /// A split: an object with a numerator and a denominator, or with the new and the old shares.
  case ratio
  /// A decimal number in a text of its own; a point or nothing for none.
  case observation
  /// A day on a list: that it is there.
  case mention
  /// An instant with its offset from UTC; fractions of a second are dropped.
  case instant
  /// A word in whatever letter case.
  case word

  /// The rule in words, for people.
  package var explanation: String {
    switch self {
    case .number: "the number that the text denotes, as the nearest double"
    case .count: "the whole number that the text denotes"
    case .text: "the text as it was sent"
    case .millionsOfDollars:
      "millions of dollars × 1,000,000, rounded to whole dollars; (…) is a loss; a dash or nothing is not reported"
    case .widenedFloat: "the shortest decimal that denotes the same 32-bit float; any other number as it is"
    case .ratio: "numerator ÷ denominator"
    case .observation: "the number that the text denotes, as the nearest double; a point or nothing is no value"
    case .instant: "the instant that the text denotes, in seconds since 1970-01-01T00:00Z"
    case .word: "the word in lower case"
    case .mention: "1, as the day is on the list"
    case .row: "the row as the layout of its file says"
    case .dollars: "dollars, rounded to whole ones; null or nothing is not reported"
    }
  }
}
