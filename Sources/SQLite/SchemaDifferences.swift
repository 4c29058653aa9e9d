import GRDB

extension [SchemaObject] {
  /// Which tables, indexes and triggers are there that should not be, are missing, or are otherwise, each with what mends
  /// it.
  package func differences(from expected: [SchemaObject]) -> [String] {
    let (found, expected) = (filter { $0.type != "view" }, expected.filter { $0.type != "view" })
    let known = Set(expected.map { [$0.type, $0.name] })
    let strange = found.filter { !known.contains([$0.type, $0.name]) }.map(\.strange)
    let present = Dictionary(found.map { ([$0.type, $0.name], $0) }) { first, _ in first }
    return strange
      + expected.compactMap { object in
        guard let here = present[[object.type, object.name]] else {
          return "the \(object.type) \(object.name) is missing"
        }
        return here == object ? nil : "the \(object.type) \(object.name) is not as this program makes it"
      }
  }

  /// The same of views.
  ///
  /// - Parameters:
  ///   - names: the text of each view, by its name.
  ///   - comparingTexts: whether they must all be there, with these texts.
  package func viewFaults(_ names: [String: String], comparingTexts: Bool) -> [String] {
    let views = filter { $0.type == "view" }
    let strange = views.filter { names[$0.name] == nil }.map(\.strange)
    guard comparingTexts else { return strange }
    let present = Dictionary(views.map { ($0.name, $0.sql) }) { first, _ in first }
    return strange
      + names.sorted { $0.key < $1.key }.compactMap { name, text in
        guard let here = present[name] else { return "the view \(name) is missing" }
        return here == text ? nil : "the view \(name) is not as this program makes it"
      }
  }
}

extension SchemaObject {
  fileprivate var strange: String {
    let owner = table == name ? "" : " on \(table)"
    return "the \(type) \(name)\(owner) is none of its own; "
      + "remove it: DROP \(type.uppercased()) \(name.quotedForSQL)"
  }
}
