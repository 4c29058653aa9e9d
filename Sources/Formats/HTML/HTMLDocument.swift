import CXML

/// A parsed page: the home of libxml2's HTML reader. Network access and loading of anything are off.
final class HTMLDocument {
  private let document: htmlDocPtr
  private let page: [UInt8]

  init(_ page: [UInt8]) throws(HTMLFault) {
    self.page = Self.sound(page)
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
    let parsed = self.page.withUnsafeBufferPointer { bytes -> htmlDocPtr? in
      guard let base = bytes.baseAddress, let size = Int32(exactly: bytes.count), size > 0 else { return nil }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        htmlReadMemory($0, size, nil, "UTF-8", Int32(options))
      }
    }
    guard let parsed else { throw .notHTML }
    document = parsed
  }

  deinit { xmlFreeDoc(document) }

  /// The bytes as UTF-8 without NUL: libxml2 stops at the first byte that is neither.
  private static func sound(_ page: [UInt8]) -> [UInt8] {
    if String(validating: page, as: UTF8.self) != nil, !page.contains(0) { return page }
    return String(decoding: page.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self).utf8.map { $0 }
  }

  /// All elements of that name, in the page's order.
  func elements(named name: StaticString) -> [HTMLNode] {
    guard let root = xmlDocGetRootElement(document) else { return [] }
    var found: [HTMLNode] = []
    HTMLNode(root, keeping: self).walk { node in
      if node.isNamed(name) { found.append(node) }
      return true
    }
    return found
  }

  /// Whether the page has an end tag for every table that it opens.
  ///
  /// The parser closes what was left open and does not tell; only the bytes do.
  var closesEveryTable: Bool {
    var depth = 0
    var index = 0
    while let tag = page[index...].firstIndex(of: UInt8(ascii: "<")) {
      if hasTag("table", at: tag + 1) {
        depth += 1
      } else if tag + 1 < page.count, page[tag + 1] == UInt8(ascii: "/"), hasTag("table", at: tag + 2) {
        depth -= 1
      }
      index = tag + 1
    }
    return depth <= 0
  }

  private func hasTag(_ name: StaticString, at index: Int) -> Bool {
    let length = name.utf8CodeUnitCount
    guard index + length < page.count else { return false }
    for offset in 0..<length where page[index + offset] | 0x20 != name.utf8Start[offset] { return false }
    return page[index + length] <= 0x20 || page[index + length] == UInt8(ascii: ">")
  }
}

/// An element or text of a parsed page. Holds on to its document.
struct HTMLNode {
  private let node: xmlNodePtr
  private let document: HTMLDocument

  init(_ node: xmlNodePtr, keeping document: HTMLDocument) {
    self.node = node
    self.document = document
  }

  func isNamed(_ name: StaticString) -> Bool {
    guard node.pointee.type == XML_ELEMENT_NODE, let own = node.pointee.name else { return false }
    for index in 0..<name.utf8CodeUnitCount where own[index] != name.utf8Start[index] { return false }
    return own[name.utf8CodeUnitCount] == 0
  }

  func attribute(_ name: String) -> String? {
    guard let value = xmlGetProp(node, name) else { return nil }
    defer { appliance_xml_free(value) }
    return String(cString: value)
  }

  /// The words of an attribute that is a list, such as `class`.
  func words(of attribute: String) -> [Substring] {
    self.attribute(attribute)?.split(whereSeparator: \.isWhitespace) ?? []
  }

  /// Its own rows: those of a table inside a cell are not among them.
  var rowsOfTable: [HTMLNode] {
    descendants(named: { $0.isNamed("tr") }, enter: { !$0.isNamed("table") && !$0.isNamed("td") && !$0.isNamed("th") })
  }

  var cellsOfRow: [HTMLNode] {
    descendants(
      named: { $0.isNamed("td") || $0.isNamed("th") }, enter: { !$0.isNamed("table") && !$0.isNamed("tr") })
  }

  /// The text of this node and all below it, white space folded, without scripts, styles and inner tables.
  var visibleText: String {
    var bytes: [UInt8] = []
    walk { part in
      if part.isNamed("script") || part.isNamed("style") || part.isNamed("table") { return false }
      part.appendText(to: &bytes)
      return true
    }
    return String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
  }

  private func appendText(to bytes: inout [UInt8]) {
    if isNamed("br") { bytes.append(0x20) }
    guard node.pointee.type == XML_TEXT_NODE, let content = node.pointee.content else { return }
    bytes.append(contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
  }

  private func descendants(named isWanted: (HTMLNode) -> Bool, enter: (HTMLNode) -> Bool) -> [HTMLNode] {
    var found: [HTMLNode] = []
    walk { part in
      if part.node == node { return true }
      if isWanted(part) { found.append(part) }
      return enter(part)
    }
    return found
  }

  /// Visits this node and all below it in the page's order, without recursion: pages may nest as deep as they like.
  /// `visit` tells whether to go below a node.
  func walk(_ visit: (HTMLNode) -> Bool) {
    var current = node
    while true {
      if visit(HTMLNode(current, keeping: document)), current.pointee.type == XML_ELEMENT_NODE,
        let child = current.pointee.children
      {
        current = child
        continue
      }
      while current != node, current.pointee.next == nil, let parent = current.pointee.parent { current = parent }
      guard current != node, let next = current.pointee.next else { return }
      current = next
    }
  }
}
