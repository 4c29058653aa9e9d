import CXML
import Market

/// Hears the documents of a feed as libxml2's SAX reader tells them, and makes items of them. The home of that reader.
final class FeedListener {
  private let address: String
  private var form: Feed.Form?
  private var root: String?
  private var title: String?
  private var link: String?
  private var items: [FeedItem] = []
  private var depth = 0
  /// Depth of the channel or the feed that is open.
  private var channelDepth: Int?
  /// Items that are open, the outer ones first: an item may stand within another by mistake.
  private var open: [(depth: Int, place: Int, draft: FeedDraft)] = []
  private var collected: FeedCollection?
  private var bases: [(depth: Int, address: String)] = []
  /// What the document is made of, and its sections of raw text in there.
  private let text: UnsafeBufferPointer<UInt8>
  private var sections: [Range<Int>] = []

  /// - Parameter text: of the documents; must stay where it is as long as they are heard.
  init(address: String, text: UnsafeBufferPointer<UInt8>) {
    self.address = address
    self.text = text
  }

  /// Reads a document.
  ///
  /// - Parameter document: as `SoundXML` makes it of the text.
  /// - Returns: what was wrong with it; `nil` for a whole one.
  func hear(_ document: SoundDocument) -> String? {
    (depth, channelDepth, collected) = (0, nil, nil)
    (open, bases, sections) = ([], [], document.sections)
    let fault = document.bytes.withUnsafeBufferPointer { bytes in parse(bytes) }
    // An item that is still open was cut, and nobody knows how it goes on: the next answer tells it whole. So it stays
    // the empty one of its place, which is not told.
    return fault
  }

  /// All that was heard.
  func feed(damage: String?) throws(FeedFault) -> Feed {
    guard let form else {
      guard let root else { throw .notXML("<") }
      if root == "html" { throw .page }
      throw .noFeed(root: root)
    }
    let told = items.filter { !$0.title.isEmpty || $0.link != nil }
    return Feed(form: form, title: title, link: link, items: told, damage: damage)
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard let size = Int32(exactly: bytes.count), size > 0,
      let context = bytes.baseAddress?.withMemoryRebound(
        to: CChar.self, capacity: bytes.count, { xmlCreateMemoryParserCtxt($0, size) })
    else { return "no XML" }
    defer { xmlFreeParserCtxt(context) }
    let options =
      XML_PARSE_RECOVER.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue
    xmlCtxtUseOptions(context, Int32(options))
    guard let sax = context.pointee.sax else { return "no XML" }
    sax.pointee = FeedListener.handler
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    xmlParseDocument(context)
    guard context.pointee.wellFormed == 0 else { return nil }
    return "the XML is broken or cut (libxml2's error \(context.pointee.errNo))"
  }

  private static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = 0xDEED_BEAF
    handler.startElementNs = { listener, name, prefix, uri, _, _, count, _, attributes in
      guard let name else { return }
      FeedListener.at(listener).begin(
        FeedElement(name: name, prefix: prefix, uri: uri), FeedAttributes(attributes, count: Int(count)))
    }
    handler.endElementNs = { listener, name, _, _ in
      guard let name else { return }
      FeedListener.at(listener).end(FeedElement(name: name, prefix: nil, uri: nil))
    }
    handler.characters = { listener, bytes, count in FeedListener.at(listener).take(bytes, Int(count)) }
    handler.processingInstruction = { listener, _, place in
      FeedListener.at(listener).takeSection(place.map { String(cString: $0) } ?? "")
    }
    handler.ignorableWhitespace = { listener, bytes, count in FeedListener.at(listener).take(bytes, Int(count)) }
    return handler
  }

  private static func at(_ pointer: UnsafeMutableRawPointer?) -> FeedListener {
    // libxml2 hands back what `parse` gave it.
    Unmanaged<FeedListener>.fromOpaque(pointer!).takeUnretainedValue()
  }
}

// MARK: - What is told

extension FeedListener {
  private var base: String { bases.last?.address ?? address }

  private func begin(_ element: FeedElement, _ attributes: FeedAttributes) {
    depth += 1
    if root == nil { root = element.localName }
    if let text = attributes.value("base", prefix: "xml"), let whole = WebLink.resolved(text, against: base) {
      bases.append((depth, whole))
    }
    let word = element.word
    if word == .item {
      finishCollecting()
      guard items.count < Feed.mostItems else { return }
      if form == nil { form = element.isAtom ? .atom : .rss2 }
      open.append((depth, items.count, FeedDraft(about: attributes.value("about", prefix: "rdf"))))
      items.append(FeedItem())
    } else if collected != nil {
      if FeedText.isBreaking(element.localName.lowercased()) { collected?.append([0x20]) }
    } else if let word {
      hear(word, element, attributes)
    }
  }

  private func hear(_ word: FeedWord, _ element: FeedElement, _ attributes: FeedAttributes) {
    switch word {
    case .rss: form = form ?? .rss2
    case .rdf: form = form ?? .rss1
    case .feed:
      form = form ?? .atom
      channelDepth = depth
    case .channel: channelDepth = depth
    case .item: break
    case .link where element.isAtom:
      let rel = attributes.value("rel") ?? "alternate"
      guard rel == "alternate", let href = attributes.value("href"),
        let whole = WebLink.resolved(href, against: base)
      else { return }
      if let last = open.last, last.depth == depth - 1 {
        open[open.count - 1].draft.link(whole, rank: attributes.value("type") == "text/html" ? 0 : 1)
      } else if open.isEmpty, channelDepth == depth - 1 {
        link = link ?? whole
      }
    case .category:
      guard let last = open.last, last.depth == depth - 1 else { return }
      if let term = attributes.value("term") { return open[open.count - 1].draft.tag(term) }
      collected = FeedCollection(word, depth: depth, isMarkup: true)
    default:
      let isOfItem = open.last.map { $0.depth == depth - 1 } ?? false
      let isOfFeed = open.isEmpty && channelDepth == depth - 1 && (word == .title || word == .link)
      guard isOfItem || isOfFeed, open.last?.draft.wants(word) ?? true else { return }
      let type = attributes.value("type") ?? "text"
      let isMarkup = element.isAtom ? type == "html" || type == "text/html" : true
      collected = FeedCollection(word, depth: depth, isMarkup: isMarkup)
      if word == .guid, attributes.value("isPermaLink")?.lowercased() == "false" { collected?.isPlainGuid = true }
    }
  }

  private func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    guard collected != nil, let bytes, count > 0 else { return }
    collected?.append(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Raw text, of which libxml2 read only where it stands.
  private func takeSection(_ place: String) {
    guard collected != nil, let place = Int(place), sections.indices.contains(place) else { return }
    collected?.append(UnsafeBufferPointer(rebasing: text[sections[place]]))
  }

  private func end(_ element: FeedElement) {
    if let collected {
      if collected.depth >= depth {
        finishCollecting()
      } else if FeedText.isBreaking(element.localName.lowercased()) {
        self.collected?.append([0x20])
      }
    }
    if let last = open.last, last.depth == depth {
      items[last.place] = last.draft.whole
      open.removeLast()
    }
    if bases.last?.depth == depth { bases.removeLast() }
    depth -= 1
  }

  private func finishCollecting() {
    guard let done = collected else { return }
    collected = nil
    guard open.isEmpty else { return open[open.count - 1].draft.take(done, base: base) }
    switch done.word {
    case .title: title = title ?? done.text(upTo: FeedItem.longestTitle)
    case .link: link = link ?? WebLink.resolved(done.unread, against: base)
    default: break
    }
  }
}
