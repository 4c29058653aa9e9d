import Formats
import Market

/// The members of a JSON object, read once and then asked for by name.
///
/// Scalars only; a member that is an array is handed to its reader on the way. Unknown members are passed over.
struct RecordFields {
  private var scalars: [String: String] = [:]
  private var end = 0

  typealias ArrayReader = (inout JSONCursor) throws(JSONFault) -> Void

  mutating func read(_ cursor: inout JSONCursor, arrays: [String: ArrayReader] = [:]) throws(JSONFault) {
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName().string
      switch cursor.peek() {
      case UInt8(ascii: "\""): scalars[name] = try cursor.text().string
      case UInt8(ascii: "["):
        if let reader = arrays[name] { try RecordFields.elements(&cursor, reader) } else { try cursor.skipValue() }
      default:
        let start = cursor.offset
        try cursor.skipValue()
        scalars[name] = String(decoding: cursor.bytes(from: start), as: UTF8.self)
      }
      more = try cursor.nextMember()
    }
    end = cursor.offset
  }

  private static func elements(_ cursor: inout JSONCursor, _ reader: ArrayReader) throws(JSONFault) {
    var more = try cursor.enterArray()
    while more {
      try reader(&cursor)
      more = try cursor.nextElement()
    }
  }

  func text(_ name: String) throws(JSONFault) -> String {
    guard let text = scalars[name] else { throw JSONFault(.memberName, at: end) }
    return text
  }

  func textIfAny(_ name: String) -> String? { scalars[name] }

  func number(_ name: String) throws(JSONFault) -> Int {
    guard let number = Int(try text(name)) else { throw JSONFault(.integer, at: end) }
    return number
  }

  func instant(_ name: String) throws(JSONFault) -> Instant {
    guard let instant = Instant(try text(name)) else { throw JSONFault(.string, at: end) }
    return instant
  }

  func flag(_ name: String) throws(JSONFault) -> Bool {
    switch try text(name) {
    case "true": true
    case "false": false
    default: throw JSONFault(.value, at: end)
    }
  }
}
