/// Where the cells of a page's tables lie in its bytes.
///
/// libxml2 tells what a page says but not where; so the tags of tables are looked for once more in the bytes. Whoever
/// uses a place reads it again with `HTMLTable.text(ofCell:)` and compares with the cell.
package struct HTMLCellPlaces {
  /// What lies between the tags of each cell: by table, by row with cells, by column with spans counted.
  package private(set) var tables: [[[Range<Int>]]] = []

  private let page: [UInt8]
  private let wantedClass: String
  private var open: [OpenTable] = []

  private struct OpenTable {
    /// Its place among the wanted ones; `nil` for another table.
    let number: Int?
    var rows: [[Range<Int>]] = []
    var row: [Range<Int>] = []
    var cell: (start: Int, span: Int)?
  }

  /// The tables whose `class` holds `name` as one of its words, in the page's order.
  package init(ofClass name: String, in page: [UInt8]) {
    self.page = page
    wantedClass = name
    var index = 0
    while let tag = page[index...].firstIndex(of: UInt8(ascii: "<")) { index = read(tag) }
    while !open.isEmpty { closeTable(at: page.count) }
  }

  /// Reads the tag that begins at `start` and returns where to go on.
  private mutating func read(_ start: Int) -> Int {
    if has("<!--", at: start) { return end(of: "-->", from: start + 4) }
    let isEnd = start + 1 < page.count && page[start + 1] == UInt8(ascii: "/")
    let nameStart = isEnd ? start + 2 : start + 1
    let name = page[min(nameStart, page.count)...].prefix { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    guard !name.isEmpty else { return start + 1 }
    let after = endOfTag(from: name.endIndex)
    let word = String(decoding: name, as: UTF8.self).lowercased()
    if !isEnd, word == "script" || word == "style" { return end(of: "</\(word)", from: after) }
    note(word, isEnd: isEnd, tag: start..<after, attributes: name.endIndex..<max(name.endIndex, after - 1))
    return after
  }

  private mutating func note(_ word: String, isEnd: Bool, tag: Range<Int>, attributes: Range<Int>) {
    switch (word, isEnd) {
    case ("table", false): openTable(attributes)
    case ("table", true): closeTable(at: tag.lowerBound)
    case ("tr", _), ("thead", _), ("tbody", _), ("tfoot", _): closeRow(at: tag.lowerBound)
    case ("td", true), ("th", true): closeCell(at: tag.lowerBound)
    case ("td", false), ("th", false):
      closeCell(at: tag.lowerBound)
      guard !open.isEmpty else { return }
      let span = attribute("colspan", in: attributes).flatMap { Int($0) } ?? 1
      open[open.count - 1].cell = (tag.upperBound, min(max(span, 1), HTMLTable.spanLimit))
    default: return
    }
  }

  private mutating func openTable(_ attributes: Range<Int>) {
    let words = attribute("class", in: attributes)?.split { $0.isWhitespace } ?? []
    guard words.contains(where: { $0 == wantedClass }) else { return open.append(OpenTable(number: nil)) }
    open.append(OpenTable(number: tables.count))
    tables.append([])
  }

  private mutating func closeTable(at offset: Int) {
    closeRow(at: offset)
    if let table = open.popLast(), let number = table.number { tables[number] = table.rows }
  }

  private mutating func closeRow(at offset: Int) {
    closeCell(at: offset)
    guard let table = open.last, !table.row.isEmpty else { return }
    open[open.count - 1].rows.append(table.row)
    open[open.count - 1].row = []
  }

  private mutating func closeCell(at offset: Int) {
    guard let cell = open.last?.cell else { return }
    open[open.count - 1].row += repeatElement(cell.start..<max(cell.start, offset), count: cell.span)
    open[open.count - 1].cell = nil
  }

  // MARK: Bytes

  private func has(_ text: StaticString, at index: Int) -> Bool {
    index + text.utf8CodeUnitCount <= page.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { page[index + $0] == text.utf8Start[$0] }
  }

  /// Where the text ends that comes next, whatever its case; the end of the page where it does not come.
  private func end(of text: String, from start: Int) -> Int {
    let wanted = Array(text.utf8)
    var index = min(start, page.count)
    while index + wanted.count <= page.count {
      if (0..<wanted.count).allSatisfy({ page[index + $0] == wanted[$0] || page[index + $0] | 0x20 == wanted[$0] }) {
        return index + wanted.count
      }
      index += 1
    }
    return page.count
  }

  /// Behind the `>` of a tag; one within quotes does not count.
  private func endOfTag(from start: Int) -> Int {
    var quote: UInt8?
    var index = start
    while index < page.count {
      let byte = page[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      }
    }
    return index
  }

  /// The value of an attribute, quoted or bare.
  private func attribute(_ name: String, in range: Range<Int>) -> String? {
    let text = String(decoding: page[range], as: UTF8.self)
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { !$0.isWhitespace && $0 != "/" }) {
      rest = rest[start...]
      let key = rest.prefix { !$0.isWhitespace && $0 != "=" }
      rest = rest[key.endIndex...].drop { $0.isWhitespace }
      guard rest.first == "=" else {
        if key.isEmpty { rest = rest.dropFirst() }
        continue
      }
      rest = rest.dropFirst().drop { $0.isWhitespace }
      let value: Substring
      if let quote = rest.first, quote == "\"" || quote == "'" {
        value = rest.dropFirst().prefix { $0 != quote }
        rest = rest[value.endIndex...].dropFirst()
      } else {
        value = rest.prefix { !$0.isWhitespace }
        rest = rest[value.endIndex...]
      }
      if key.lowercased() == name { return String(value) }
    }
    return nil
  }
}

extension HTMLTable {
  /// The visible text of what lies between the tags of a cell, as a table shows it; `nil` where that is no HTML.
  package static func text(ofCell content: some Sequence<UInt8>) -> String? {
    let page = Array("<table class=\"cell\"><tr><td>".utf8) + content + Array("</td></tr></table>".utf8)
    return (try? tables(ofClass: "cell", in: page))?.first?.rows.first?.cells.first?.text
  }
}
