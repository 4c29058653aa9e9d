import Formats
import Market

/// Finds the days of the index: `$.data[3].value`, `$.data[3].value_classification`.
enum FearAndGreedPlaces {
  static func place(of figure: Figure, in body: [UInt8]) -> Place? {
    let name = figure.field == .classification ? "value_classification" : "value"
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let data = (try? cursor.members())?["data"] else { return nil }
      cursor.offset = data.lowerBound
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let members = try cursor.members()
        guard let timestamp = members["timestamp"], let bytes = members[name] else { return nil }
        cursor.offset = timestamp.lowerBound
        guard try cursor.integer() == figure.at.epochSeconds else { return nil }
        return Place(
          path: .json(JSONPath.root.member("data").element(number).member(name).text), bytes: bytes,
          rule: figure.field == .classification ? .text : .number)
      }
      return found ?? nil
    }
  }
}
