import Formats
import Market

/// Finds the figures of bars in an array of candles: the row that opens at the figure's time, then its field.
struct CandlePlaces<Shape: CandleShape> {
  private let body: [UInt8]
  private let offset: Int?
  private let path: JSONPath

  /// - Parameters:
  ///   - offset: where the array begins; the start of the document unless given.
  ///   - path: the way to it.
  init(_ shape: Shape.Type, in body: [UInt8], from offset: Int? = nil, path: JSONPath = .root) {
    self.body = body
    self.offset = offset
    self.path = path
  }

  /// Rows that were refused are passed over, as when the answer was read.
  func place(of figure: Figure) -> Place? {
    guard let column = Shape.column(of: figure.field) else { return nil }
    return JSONCursor.reading(body) { cursor -> Place? in
      if let offset { cursor.offset = offset }
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let start = cursor.offset
        guard let row = try? Shape.row(&cursor), row.time.isWhole, row.time.seconds == figure.at.epochSeconds,
          row.isPossible
        else { return nil }
        cursor.offset = start
        let bytes = try cursor.firstElement { (index, cursor) throws(JSONFault) in
          index == column ? try cursor.extentOfValue() : nil
        }
        return bytes.map {
          Place(path: .json(path.element(number).element(column).text), bytes: $0, rule: .number)
        }
      }
      return found ?? nil
    }
  }
}
