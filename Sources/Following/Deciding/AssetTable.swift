import Formats
import Market
import Rendering

/// A table of assets to follow, as a file brings it: a heading, then a line an asset.
///
/// Columns by their headings, in any order and letter case: `symbol`, which must be there, `name`, `class`, `sector`,
/// `currency`, `calendar`, `groups` (parted by spaces), and for the symbol at a provider its name: `yahoo`, `polygon`.
package struct AssetTable: Sendable {
  /// In the order of the lines.
  package let wishes: [AssetWish]

  /// Lines that a table may have.
  private static let longest = 10_000

  /// - Parameters:
  ///   - name: of the file, for messages.
  ///   - providers: whose names may head a column.
  /// - Throws: `NotFollowed` that names the line.
  package init(_ bytes: [UInt8], name: String, providers: [ProviderName]) throws(NotFollowed) {
    let rows = AssetTable.rows(of: bytes)
    guard let heading = rows.first?.cells.map({ $0.lowercased() }), heading.contains("symbol") else {
      throw NotFollowed(
        "\(name): the first line must name the columns, and one of them symbol; others are name, class, sector, "
          + "currency, calendar, groups, yahoo")
    }
    let known = AssetTable.columns + providers.map(\.description)
    for column in heading where !known.contains(column) {
      throw NotFollowed("\(name), line 1: there is no column '\(shown(column))'\(meantText(column, among: known))")
    }
    guard Set(heading).count == heading.count else { throw NotFollowed("\(name), line 1: a column stands there twice") }
    guard rows.count <= Self.longest else { throw NotFollowed("\(name): more than \(Self.longest) lines") }
    var wishes: [AssetWish] = []
    for row in rows.dropFirst() {
      do throws(NotFollowed) {
        var wish = try AssetTable.wish(row.cells, under: heading)
        wish.place = "\(name), line \(row.line)"
        wishes.append(wish)
      } catch {
        throw NotFollowed("\(name), line \(row.line): \(error)")
      }
    }
    guard !wishes.isEmpty else { throw NotFollowed("\(name): there is no line below the heading") }
    self.wishes = wishes
  }

  private static let columns = ["symbol", "name", "class", "sector", "currency", "calendar", "groups", "group"]

  private static func wish(_ cells: [String], under heading: [String]) throws(NotFollowed) -> AssetWish {
    guard cells.count <= heading.count else {
      throw NotFollowed("\(cells.count) cells stand there below \(heading.count) columns")
    }
    var wish = AssetWish("")
    for (column, cell) in zip(heading, cells) where !cell.isEmpty {
      switch column {
      case "symbol": wish.typed = cell
      case "name": wish.name = try plainLine(cell)
      case "class": wish.assetClass = try AssetClass(spoken: cell)
      case "sector": wish.sector = try plainLine(cell)
      case "currency": wish.currency = try plainLine(cell)
      case "calendar": wish.calendar = try Calendar(spoken: cell)
      case "groups", "group":
        wish.groups += try groupSlugs(cell.split { $0 == " " || $0 == ";" || $0 == "," }.map(String.init))
      default: wish.symbols[ProviderName(column)] = try providerSymbol(cell)
      }
    }
    guard !wish.typed.isEmpty else { throw NotFollowed("its symbol is missing") }
    wish.isTakenAsItStands = wish.assetClass != nil
    return wish
  }

  private static func rows(of bytes: [UInt8]) -> [(line: Int, cells: [String])] {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let firstLine = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let delimiter = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].first(where: firstLine.contains)
    let text = DelimitedText(delimiter: delimiter ?? UInt8(ascii: ","))
    var rows: [(line: Int, cells: [String])] = []
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var row = DelimitedRow()
      var (position, line, start) = (0, 1, 0)
      while text.next(base, from: &position, to: buffer.count, isLast: true, into: &row) {
        if !row.isEmpty, !row.isTooWide {
          rows.append((line, (0..<row.count).map { DelimitedText.text(row[$0], in: base) }))
        }
        line += buffer[start..<position].count { $0 == UInt8(ascii: "\n") }
        start = position
      }
    }
    return rows
  }
}

extension AssetClass {
  /// As people write it, in any letter case; a few other words are understood: `ETF`, `coin`, `future`.
  package init(spoken text: String) throws(NotFollowed) {
    let words = [
      "etf": Self.fund, "coin": .crypto, "equity": .stock, "stocks": .stock, "future": .commodity, "fx": .currency,
    ]
    guard let known = AssetClass(rawValue: text.lowercased()) ?? words[text.lowercased()] else {
      let names = AssetClass.allCases.map(\.rawValue)
      throw NotFollowed(
        "there is no class '\(shown(text))'\(meantText(text, among: names)); there are \(names.joined(separator: ", "))"
      )
    }
    self = known
  }
}

extension Calendar {
  /// Its name in any letter case.
  package init(spoken text: String) throws(NotFollowed) {
    guard let known = Calendar.allCases.first(where: { $0.rawValue.isSameWord(as: text) }) else {
      let names = Calendar.allCases.map(\.rawValue)
      throw NotFollowed("there is no calendar '\(shown(text))'; there are \(names.joined(separator: ", "))")
    }
    self = known
  }
}
