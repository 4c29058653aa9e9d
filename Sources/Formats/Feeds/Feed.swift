import Market

/// What a feed says: its name and its items, as plain text.
package struct Feed: Hashable, Sendable {
  /// The family that a feed belongs to.
  package enum Form: String, Hashable, Sendable {
    case rss2 = "RSS 2.0"
    case rss1 = "RSS 1.0"
    case atom = "Atom"
  }

  /// Which family of documents it is.
  package let form: Form
  /// Its name; `nil` where it has none.
  package let title: String?
  /// The page that it belongs to, an `http` or `https` address; `nil` where it names none.
  package let link: String?
  /// In the document's order, those with neither a title nor a link left out.
  package let items: [FeedItem]
  /// What was wrong with the document, of which the items before the fault were read; `nil` for a whole one.
  package let damage: String?

  /// A feed as read.
  package init(form: Form, title: String?, link: String?, items: [FeedItem], damage: String? = nil) {
    self.form = form
    self.title = title
    self.link = link
    self.items = items
    self.damage = damage
  }
}

/// One item of a feed. All texts are free of markup and control characters; whoever shows them escapes them.
package struct FeedItem: Hashable, Sendable {
  /// What the feed tells it apart by; need not be unique, and may come back another day.
  package var guid: String?
  /// Its title; empty where it has none.
  package var title = ""
  /// Where it can be read, an `http` or `https` address; `nil` where it names none.
  package var link: String?
  /// A few sentences; `nil` where there are none.
  package var summary: String?
  /// When it was published, by the best of its dates that can be read; `nil` where none can.
  package var published: Instant?
  /// A date that cannot be read, as it was sent; `nil` where one can, and where there is none.
  package var unreadDate: String?
  /// What the feed files it under.
  package var tags: [String] = []
  /// Whether its title is longer than any title: what was read of it is cut.
  package var isTitleCut = false

  /// An item without anything.
  package init() {}

  /// Bytes of a title that are believed.
  package static let longestTitle = 2000
  /// Bytes of a summary that are kept, and of any other text.
  package static let longestText = 4000
}

/// Why bytes could not be read as a feed.
package enum FeedFault: Error, Hashable, Sendable {
  /// There is nothing, or nothing but white space.
  case empty
  /// More bytes than are read of one.
  case tooLarge(limit: Int)
  /// A web page.
  case page
  /// No XML: how it begins.
  case notXML(String)
  /// XML of another kind: the name of its root.
  case noFeed(root: String)
}

extension FeedFault: CustomStringConvertible {
  /// What stands there in place of a feed; one line.
  package var description: String {
    switch self {
    case .empty: "nothing"
    case .tooLarge(let limit): "more than \(limit) bytes"
    case .page: "a web page"
    case .notXML(let start): "'\(start)'"
    case .noFeed(let root): "a document of <\(root)>"
    }
  }
}

extension Feed {
  /// Bytes that are read of one document, unpacked.
  package static let largest = 64 << 20
  /// Items that are read of one answer.
  package static let mostItems = 20_000

  /// Reads RSS 2.0, RSS 1.0 or Atom. No document type, no entities of its own, nothing from elsewhere.
  ///
  /// Several documents in one answer are read as one; gzip is undone; what is cut or broken gives the whole items before the
  /// fault. Pure.
  ///
  /// - Parameters:
  ///   - address: where it was asked for; relative links are completed by it.
  ///   - contentType: of the answer, for the charset in it.
  /// - Throws: `FeedFault` where there is no feed in it.
  package static func read(
    _ bytes: [UInt8], from address: String, contentType: String? = nil
  ) throws(FeedFault) -> Feed {
    let (unpacked, cut) = try FeedBytes.unpacked(bytes)
    let text = FeedBytes.utf8(unpacked, contentType: contentType)
    guard let first = text.firstIndex(where: { $0 > 0x20 }) else { throw .empty }
    guard text[first] == UInt8(ascii: "<") else { throw .notXML(Excerpt.of(text[first...], limit: 40)) }
    return try text.withUnsafeBufferPointer { (buffer) throws(FeedFault) in
      let listener = FeedListener(address: address, text: buffer)
      var damage = cut
      for document in SoundXML.documents(in: buffer) {
        if let fault = listener.hear(document) { damage = damage ?? fault }
      }
      return try listener.feed(damage: damage)
    }
  }
}
