import Market

/// Rows of facts as lines of text that give every value back to the bit: what a record writes of its own tables in order
/// to read it again.
///
/// The first line names the columns. Instants are epoch seconds, days ISO 8601, numbers the shortest text that reads
/// back, NULL is nothing, and texts stand in quotes, which are doubled within.
package enum FactText {
  /// What the layout is called in an order.
  package static let layout = "record"

  /// The columns of a row, its key first.
  package static func columns(of shape: FactShape) -> [String] {
    shape.key.map(\.name) + shape.fields.map(\.rawValue)
  }

  /// The first line, with its end.
  package static func header(of shape: FactShape) -> String {
    columns(of: shape).joined(separator: ",") + "\n"
  }

  /// Writes one cell after the other into a text that its owner empties now and then.
  package struct Writer {
    package var bytes: [UInt8]
    private var isFirst = true

    /// A text that begins with the names of the columns.
    package init(_ shape: FactShape) { bytes = Array(FactText.header(of: shape).utf8) }

    /// A cell that holds nothing.
    package mutating func addNull() { separate() }

    /// A cell that holds a whole number.
    package mutating func add(_ number: Int64) {
      separate()
      bytes += String(number).utf8
    }

    /// A cell that holds a number, which is finite.
    package mutating func add(_ number: Double) {
      separate()
      bytes += number.description.utf8
    }

    /// A cell that holds a text in UTF-8.
    package mutating func add(text: UnsafeRawBufferPointer) {
      separate()
      let quote = UInt8(ascii: "\"")
      bytes.append(quote)
      for byte in text {
        if byte == quote { bytes.append(quote) }
        bytes.append(byte)
      }
      bytes.append(quote)
    }

    /// Ends the row; what comes next is another one.
    package mutating func endRow() {
      bytes.append(UInt8(ascii: "\n"))
      isFirst = true
    }

    private mutating func separate() {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
    }
  }
}
