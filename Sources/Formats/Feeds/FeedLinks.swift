/// A feed that a page names.
package struct FeedLink: Hashable, Sendable {
  /// Its address, whole.
  package let address: String
  /// What the page calls it; `nil` where it does not.
  package let title: String?

  /// The feeds that a page names by `<link rel="alternate">`, in its order, none twice.
  ///
  /// - Parameter address: of the page.
  package static func all(inPage page: [UInt8], at address: String) -> [FeedLink] {
    guard let document = try? HTMLDocument(page) else { return [] }
    let base = document.elements(named: "base").lazy
      .compactMap { $0.attribute("href").flatMap { WebLink.resolved($0, against: address) } }.first
    var found: [FeedLink] = []
    for link in document.elements(named: "link") {
      let words = link.words(of: "rel").map { $0.lowercased() }
      let type = link.attribute("type")?.lowercased() ?? ""
      guard words.contains("alternate"), types.contains(where: { type.hasPrefix($0) }),
        let target = link.attribute("href").flatMap({ WebLink.resolved($0, against: base ?? address) }),
        !found.contains(where: { $0.address == target })
      else { continue }
      let title = link.attribute("title").map { FeedText.cut(FeedText.folded(Array($0.utf8)), to: 200) }
      found.append(FeedLink(address: target, title: title))
    }
    return found
  }

  private static let types = ["application/rss+xml", "application/atom+xml", "application/rdf+xml"]
}
