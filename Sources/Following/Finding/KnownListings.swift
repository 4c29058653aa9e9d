import Market
import Rendering

/// What can be followed with a word, as people name it: by symbol in any letter case, or by what people call it.
package struct KnownListings: Sendable {
  private let listings: [Listing]

  /// All that can be followed with a word.
  package init(_ listings: [Listing]) { self.listings = listings }

  /// The one of a symbol, else of a name.
  package subscript(_ typed: String) -> Listing? {
    listings.first { $0.asset.symbol.isSameWord(as: typed) } ?? listings.first { $0.asset.name.isSameWord(as: typed) }
  }

  /// The one that once bore a symbol.
  package func renamed(_ typed: String) -> Listing? {
    listings.first { $0.formerSymbols.contains { $0.isSameWord(as: typed) } }
  }

  /// All of a group, in the order of the table.
  package func members(ofGroup group: String) -> [Listing] {
    listings.filter { $0.groups.contains { $0.isSameWord(as: group) } }
  }

  /// The names of groups, in the order of the table.
  package var groups: [String] {
    var seen: Set<String> = []
    return listings.flatMap(\.groups).filter { seen.insert($0).inserted }
  }

  /// Whether somebody who typed this meant a name of the table: it is near one, and too long for a symbol, or not written
  /// as one.
  package func isMisspeltName(_ typed: String) -> Bool {
    let isWord = typed.contains(" ") || typed.count > 5 && typed.contains(where: \.isLowercase)
    return isWord && !nearNames(to: typed, among: listings.map(\.asset.name)).isEmpty
  }

  /// What may have been meant by what is no name: `CCJ (Cameco)`, three at most.
  package func near(_ typed: String) -> [String] {
    let names = nearNames(to: typed, among: listings.map(\.asset.name))
    let symbols = nearNames(to: typed, among: listings.map(\.asset.symbol))
    let near = (typed.count > 4 ? names + symbols : symbols + names).compactMap { word in
      listings.first { $0.asset.symbol == word || $0.asset.name == word }
    }
    var seen: Set<String> = []
    return near.filter { seen.insert($0.asset.symbol).inserted }.prefix(3).map { listing in
      let (symbol, name) = (listing.asset.symbol, listing.asset.name)
      return symbol == name ? symbol : "\(symbol) (\(name))"
    }
  }

  /// ` (did you mean CCJ (Cameco) or …?)`, or the empty text.
  package func meant(_ typed: String) -> String { meantText(near(typed)) }
}
