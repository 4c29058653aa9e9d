import Market

/// The text of an element while it is told, up to what is believed of one.
struct FeedCollection {
  let word: FeedWord
  let depth: Int
  let isMarkup: Bool
  /// Whether it was said that a guid is no address.
  var isPlainGuid = false
  private(set) var bytes: [UInt8] = []
  private(set) var isCut = false

  /// Bytes of an element that are looked at: markup may be much longer than its text.
  private static let most = 1 << 16

  init(_ word: FeedWord, depth: Int, isMarkup: Bool) {
    self.word = word
    self.depth = depth
    self.isMarkup = isMarkup
  }

  mutating func append(_ more: some Collection<UInt8>) {
    let room = FeedCollection.most - bytes.count
    if more.count > room { isCut = true }
    bytes += more.prefix(room)
  }

  /// The text of it; `nil` where there is none.
  func text(upTo limit: Int) -> String? {
    let text = plain
    return text.isEmpty ? nil : FeedText.cut(text, to: limit)
  }

  /// As it stands, but for characters that XML does not have: raw text comes with them.
  var unread: String {
    let text = bytes.contains { $0 < 0x20 } ? bytes.map { $0 < 0x20 && ![9, 10, 13].contains($0) ? 0x20 : $0 } : bytes
    return String(decoding: text, as: UTF8.self)
  }

  /// What was cut may end within a character.
  var plain: [UInt8] {
    let whole = isCut ? Array(String(decoding: bytes, as: UTF8.self).utf8) : bytes
    return FeedText.plain(whole, isMarkup: isMarkup)
  }
}

/// An item while it is told.
struct FeedDraft {
  private(set) var item = FeedItem()
  private let about: String?
  private var linkRank = Int.max
  private var dateRank = Int.max
  private var permalink: String?
  /// Its whole text, which is read only where there is no summary.
  private var content: FeedCollection?

  init(about: String?) { self.about = about }

  /// A link counts before those of a higher rank, and before later ones of its own.
  mutating func link(_ address: String, rank: Int) {
    guard rank < linkRank else { return }
    (item.link, linkRank) = (address, rank)
  }

  /// Whether an element of this kind can still say something: the whole text of an item that has a summary cannot.
  func wants(_ word: FeedWord) -> Bool { word != .content || item.summary == nil }

  mutating func tag(_ text: String) {
    let clean = FeedText.cut(FeedText.folded(Array(text.utf8)), to: 200)
    if !clean.isEmpty, item.tags.count < 50, !item.tags.contains(clean) { item.tags.append(clean) }
  }

  mutating func take(_ text: FeedCollection, base: String) {
    switch text.word {
    case .title:
      guard item.title.isEmpty else { return }
      let plain = text.plain
      item.isTitleCut = text.isCut || plain.count > FeedItem.longestTitle
      item.title = FeedText.cut(plain, to: FeedItem.longestTitle)
    case .link, .originalLink:
      let rank = text.word == .originalLink ? -1 : 1
      if !text.isCut, let whole = WebLink.resolved(text.unread, against: base) { link(whole, rank: rank) }
    case .guid: takeGuid(text, base: base)
    case .category: text.text(upTo: 200).map { tag($0) }
    case .summary: item.summary = item.summary ?? text.text(upTo: FeedItem.longestText)
    case .content: if content?.bytes.isEmpty ?? true { content = text }
    case .published: date(text, rank: 0)
    case .firstPublished: date(text, rank: 1)
    case .dublinDate: date(text, rank: 2)
    case .updated: date(text, rank: 3)
    case .rss, .rdf, .feed, .channel, .item, .source: break
    }
  }

  private mutating func takeGuid(_ text: FeedCollection, base: String) {
    let guid = String(decoding: FeedText.folded(text.bytes), as: UTF8.self)
    guard item.guid == nil, !guid.isEmpty, !text.isCut, guid.utf8.count <= WebLink.longest else { return }
    item.guid = guid
    let isAddress = guid.lowercased().hasPrefix("http://") || guid.lowercased().hasPrefix("https://")
    if !text.isPlainGuid, isAddress { permalink = WebLink.resolved(guid, against: base) }
  }

  private mutating func date(_ text: FeedCollection, rank: Int) {
    let sent = String(decoding: FeedText.folded(text.bytes), as: UTF8.self)
    guard rank < dateRank, !sent.isEmpty else { return }
    guard let instant = Instant(feedDate: sent) else {
      if item.published == nil { item.unreadDate = item.unreadDate ?? String(sent.prefix(80)) }
      return
    }
    (item.published, dateRank, item.unreadDate) = (instant, rank, nil)
  }

  /// What is known of it when it ends.
  var whole: FeedItem {
    var item = item
    item.link = item.link ?? permalink ?? about.flatMap { WebLink.resolved($0, against: "") }
    item.summary = item.summary ?? content?.text(upTo: FeedItem.longestText)
    return item
  }
}
