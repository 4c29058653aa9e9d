import Formats
import Market

/// Finds the days of the three answers, whichever member holds their array: `$.data.list[3].totalNetInflow`.
enum SoSoValuePlaces {
  static func place(of figure: Figure, in body: [UInt8]) -> Place? {
    let names =
      figure.field == .netFlowUSD
      ? ["totalNetInflow", "total_net_inflow", "net_inflow", "netInflow"]
      : ["totalNetAssets", "total_net_assets", "net_assets", "netAssets"]
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let (start, path) = array(&cursor) else { return nil }
      cursor.offset = start
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let members = try cursor.members()
        guard let date = members["date"] else { return nil }
        cursor.offset = date.lowerBound
        guard SoSoValuePayload.day(&cursor) == figure.at.day,
          let name = names.first(where: { members[$0] != nil }), let bytes = members[name]
        else { return nil }
        return Place(path: .json(path.element(number).member(name).text), bytes: bytes, rule: .dollars)
      }
      return found ?? nil
    }
  }

  /// Where the array of days begins, and the way to it: bare, below `data`, below `data.list`.
  private static func array(_ cursor: inout JSONCursor) -> (Int, JSONPath)? {
    var path = JSONPath.root
    for _ in 0..<3 {
      guard cursor.peek() == UInt8(ascii: "{") else { break }
      guard let members = try? cursor.members(),
        let name = ["data", "list"].first(where: { members[$0] != nil }), let inner = members[name]
      else { return nil }
      path = path.member(name)
      cursor.offset = inner.lowerBound
    }
    return cursor.peek() == UInt8(ascii: "[") ? (cursor.offset, path) : nil
  }
}
