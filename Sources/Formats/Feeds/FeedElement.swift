import CXML

/// What an element of a feed is for.
enum FeedWord: Hashable {
  case rss, rdf, feed, channel, item
  case title, link, originalLink, guid, category, summary, content, source
  case published, firstPublished, dublinDate, updated
}

/// An element as libxml2 names it; valid while it tells of it.
struct FeedElement {
  let name: UnsafePointer<UInt8>
  let prefix: UnsafePointer<UInt8>?
  let uri: UnsafePointer<UInt8>?

  var localName: String { String(cString: name) }

  private enum Vocabulary { case rss, atom, dublin, content, burner, other }

  private static func equal(_ text: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where text[index] != word.utf8Start[index] { return false }
    return text[word.utf8CodeUnitCount] == 0
  }

  private static func starts(_ text: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where text[index] != word.utf8Start[index] { return false }
    return true
  }

  /// By the address of the namespace; by the usual prefix where a document forgot to declare it.
  private var vocabulary: Vocabulary {
    if let uri, uri[0] != 0 {
      if Self.equal(uri, "http://www.w3.org/2005/Atom") || Self.starts(uri, "http://purl.org/atom/ns") { return .atom }
      if Self.starts(uri, "http://purl.org/dc/") { return .dublin }
      if Self.equal(uri, "http://purl.org/rss/1.0/modules/content/") { return .content }
      if Self.starts(uri, "http://rssnamespace.org/feedburner") { return .burner }
      if Self.starts(uri, "http://purl.org/rss/1.0/") && !Self.starts(uri, "http://purl.org/rss/1.0/modules")
        || Self.starts(uri, "http://my.netscape.com/rdf")
        || Self.equal(uri, "http://channel.netscape.com/rdf/simple/0.9/")
        || Self.equal(uri, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
        || Self.starts(uri, "http://backend.userland.com/") || Self.starts(uri, "http://blogs.law.harvard.edu/tech/rss")
        || Self.starts(uri, "http://cyber.law.harvard.edu/rss")
      {
        return .rss
      }
      return .other
    }
    guard let prefix else { return .rss }
    if Self.starts(prefix, "atom") { return .atom }
    if Self.equal(prefix, "dc") { return .dublin }
    if Self.equal(prefix, "content") { return .content }
    if Self.equal(prefix, "feedburner") { return .burner }
    return Self.equal(prefix, "rdf") ? .rss : .other
  }

  var isAtom: Bool { vocabulary == .atom }

  /// `nil` for an element that says nothing to us.
  var word: FeedWord? {
    let name = name
    switch vocabulary {
    case .rss: return FeedElement.rssWord(name)
    case .atom: return FeedElement.atomWord(name)
    case .dublin: return Self.equal(name, "date") ? .dublinDate : nil
    case .content: return Self.equal(name, "encoded") ? .content : nil
    case .burner: return Self.equal(name, "origLink") ? .originalLink : nil
    case .other: return nil
    }
  }

  private static func rssWord(_ name: UnsafePointer<UInt8>) -> FeedWord? {
    switch name[0] {
    case UInt8(ascii: "i"): equal(name, "item") ? .item : nil
    case UInt8(ascii: "t"): equal(name, "title") ? .title : nil
    case UInt8(ascii: "l"): equal(name, "link") ? .link : nil
    case UInt8(ascii: "d"): equal(name, "description") ? .summary : nil
    case UInt8(ascii: "g"): equal(name, "guid") ? .guid : nil
    case UInt8(ascii: "p"): equal(name, "pubDate") || equal(name, "pubdate") ? .published : nil
    case UInt8(ascii: "c"): equal(name, "category") ? .category : equal(name, "channel") ? .channel : nil
    case UInt8(ascii: "r"): equal(name, "rss") ? .rss : nil
    case UInt8(ascii: "R"): equal(name, "RDF") ? .rdf : nil
    default: nil
    }
  }

  private static func atomWord(_ name: UnsafePointer<UInt8>) -> FeedWord? {
    switch name[0] {
    case UInt8(ascii: "e"): equal(name, "entry") ? .item : nil
    case UInt8(ascii: "t"): equal(name, "title") ? .title : nil
    case UInt8(ascii: "l"): equal(name, "link") ? .link : nil
    case UInt8(ascii: "s"): equal(name, "summary") ? .summary : nil
    case UInt8(ascii: "c"):
      equal(name, "content")
        ? .content : equal(name, "category") ? .category : equal(name, "created") ? .dublinDate : nil
    case UInt8(ascii: "i"): equal(name, "id") ? .guid : equal(name, "issued") ? .firstPublished : nil
    case UInt8(ascii: "p"): equal(name, "published") ? .firstPublished : nil
    case UInt8(ascii: "u"): equal(name, "updated") ? .updated : nil
    case UInt8(ascii: "m"): equal(name, "modified") ? .updated : nil
    case UInt8(ascii: "f"): equal(name, "feed") ? .feed : nil
    default: nil
    }
  }
}

/// The attributes of an element; valid while libxml2 tells of it.
struct FeedAttributes {
  private let list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  private let count: Int

  init(_ list: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int) {
    self.list = list
    self.count = count
  }

  /// The value of an attribute of this name without a prefix, or with this one; `nil` where there is none.
  func value(_ name: StaticString, prefix: StaticString? = nil) -> String? {
    guard let list, count > 0 else { return nil }
    for index in 0..<count {
      // Name, prefix, namespace, beginning and end of the value.
      guard let own = list[index * 5], matches(own, name), let start = list[index * 5 + 3],
        let end = list[index * 5 + 4], end >= start
      else { continue }
      switch (list[index * 5 + 1], prefix) {
      case (nil, nil): break
      case (let found?, let wanted?) where matches(found, wanted): break
      default: continue
      }
      return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    }
    return nil
  }

  private func matches(_ text: UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where text[index] != word.utf8Start[index] { return false }
    return text[word.utf8CodeUnitCount] == 0
  }
}
