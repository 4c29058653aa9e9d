/// Where the fields of one line of a table lie, and what is odd about the line. Reused from line to line.
package struct DelimitedRow: ~Copyable {
  /// A field without its quotes and without the spaces around it, as offsets into the bytes that were scanned.
  package struct Field {
    /// Where the field begins.
    package var start: Int
    /// Where it ends: the offset behind its last byte.
    package var end: Int
    /// Whether it stood in quotes and holds doubled ones, which are still doubled here.
    package var hasDoubledQuotes: Bool

    /// Whether nothing is between its ends, be it in quotes or not.
    package var isEmpty: Bool { start == end }
    /// Its bytes, as offsets into those that were scanned.
    package var range: Range<Int> { start..<end }
  }

  /// Lines with more fields than this are counted to the end and refused by whoever reads them.
  package static let maximumFields = 512

  private let fields: UnsafeMutablePointer<Field>
  /// How many fields the line has, also beyond `maximumFields`.
  package internal(set) var count = 0
  /// Where the line begins and ends, its line feed left out.
  package internal(set) var start = 0
  /// The offset behind its last byte, before the line feed.
  package internal(set) var end = 0
  /// Whether a quote was opened and not closed where a field may end.
  package internal(set) var hasStrayQuote = false

  /// A row with room for `maximumFields` fields; it lives as long as whoever reads lines with it.
  package init() {
    fields = .allocate(capacity: DelimitedRow.maximumFields)
    fields.initialize(repeating: Field(start: 0, end: 0, hasDoubledQuotes: false), count: DelimitedRow.maximumFields)
  }

  deinit { fields.deallocate() }

  /// Whether the line has one field and nothing in it.
  package var isEmpty: Bool { count == 1 && fields[0].isEmpty }
  /// Whether there are more fields than are kept, so that the last ones cannot be had.
  package var isTooWide: Bool { count > DelimitedRow.maximumFields }

  /// The field at an index below `count` and `maximumFields`.
  @inline(__always)
  package subscript(index: Int) -> Field { fields[index] }

  @inline(__always)
  mutating func append(_ field: Field) {
    if count < DelimitedRow.maximumFields { fields[count] = field }
    count += 1
  }
}
