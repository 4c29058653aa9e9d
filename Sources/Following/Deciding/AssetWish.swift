import Market
import Rendering

/// What somebody wants to follow, as flags or a line of a table say it.
package struct AssetWish: Hashable, Sendable {
  /// As it was typed: a symbol in any letter case, or what people call it.
  package var typed: String
  /// What it is to be called; `nil` for what the table or the provider says.
  package var name: String?
  /// What kind of thing it is, where that was said.
  package var assetClass: AssetClass?
  /// What it is part of.
  package var sector: String?
  /// Of its prices.
  package var currency: String?
  /// Whose days it has.
  package var calendar: Calendar?
  /// Groups that it is to be in.
  package var groups: [String] = []
  /// Its symbol at providers.
  package var symbols: [ProviderName: String] = [:]
  /// Whether nobody need be asked whether there is such a thing.
  package var isTakenAsItStands = false

  /// Where it stands: `assets.csv, line 7`; `nil` where it was typed.
  package var place: String?

  /// A wish that says no more than what is meant.
  package init(_ typed: String) { self.typed = typed }

  /// The symbol that a name which is in no table becomes.
  ///
  /// - Throws: where it cannot be one.
  package func symbol() throws(NotFollowed) -> String {
    let symbol = typed.uppercased()
    guard symbol.utf8.count <= 20, isSymbol(symbol, signs: ".-=^") else {
      throw NotFollowed("'\(shown(typed))' is no symbol: letters, digits and . - = ^ make one, 20 at most")
    }
    return symbol
  }

  /// The listing of the table, as far as nothing else is wished.
  package func listing(_ known: Listing, series: [SeriesDefinition]) -> Listing {
    let asset = Asset(
      symbol: known.asset.symbol, name: name ?? known.asset.name, assetClass: assetClass ?? known.asset.assetClass)
    return Listing(
      asset, sector: sector ?? known.sector, currency: currency ?? known.currency,
      calendar: calendar ?? known.calendar, groups: known.groups + groups.filter { !known.groups.contains($0) },
      formerSymbols: known.formerSymbols, series: series)
  }

  /// A listing of what is in no table.
  ///
  /// - Parameter told: what a provider says of it; `nil` where none was asked.
  package func listing(
    of asset: Asset, told: ToldAsset?, series: [SeriesDefinition]
  ) -> Listing {
    let isForeign = told.map { !$0.isAmerican } ?? false
    let keepsSessions = [.stock, .fund, .index].contains(asset.assetClass)
    return Listing(
      asset, sector: sector, currency: currency ?? told?.currency,
      calendar: calendar ?? (isForeign && keepsSessions ? .weekdays : nil), groups: groups, series: series)
  }
}

/// Names of groups: lower-case letters, digits and hyphens.
///
/// - Throws: where one is none.
package func groupSlugs(_ names: [String]) throws(NotFollowed) -> [String] {
  for name in names {
    let fits = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard fits, !name.isEmpty, name.utf8.count <= 40, name.first != "-" else {
      throw NotFollowed(
        "'\(shown(name))' is no name of a group: lower-case letters, digits and hyphens make one, such as ai-infra")
    }
  }
  return names
}

/// A text that people read, in one line without spaces around it.
///
/// - Throws: for an empty one, one of more than 200 bytes, and one that holds control characters.
package func plainLine(_ text: String) throws(NotFollowed) -> String {
  let line = text.split(separator: " ").joined(separator: " ")
  guard (1...200).contains(line.utf8.count), TerminalText.escaped(line) == line else {
    throw NotFollowed("'\(shown(text))' is no name: a line of letters and signs makes one, 200 at most")
  }
  return line
}

/// What a provider calls something: letters, digits and a few signs, 40 at most; some write `X:BTCUSD`.
///
/// - Throws: for what cannot be that.
package func providerSymbol(_ text: String) throws(NotFollowed) -> String {
  guard text.utf8.count <= 40, isSymbol(text, signs: ".-=^:_") else {
    throw NotFollowed("'\(shown(text))' is no symbol: letters, digits and . - = ^ : _ make one, 40 at most")
  }
  return text
}

/// Whether a text is made of ASCII letters, digits and some signs, with at least one letter or digit.
private func isSymbol(_ text: String, signs: String) -> Bool {
  let names = text.utf8.map { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
  return names.contains(true) && zip(text.utf8, names).allSatisfy { $1 || signs.utf8.contains($0) }
}
