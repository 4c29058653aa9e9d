import Market
import Rendering

/// The assets of a file as people name them: by symbol in any letter case, by group.
package struct FollowedNames: Sendable {
  /// By symbol, removed ones among them.
  package let assets: [FollowedAsset]

  /// Names of assets that a file holds.
  package init(_ assets: [FollowedAsset]) { self.assets = assets }

  /// More symbols than this are counted and not listed in a sentence.
  private static let listed = 12

  /// Whether the file holds an asset of that symbol, in whatever letter case.
  package func holds(_ typed: String) -> Bool { assets.contains { $0.asset.symbol.isSameWord(as: typed) } }

  /// The asset of a symbol as spelled, else in any letter case.
  package func asset(_ typed: String) throws(NotFollowed) -> FollowedAsset {
    let found = assets.first { $0.asset.symbol == typed } ?? assets.first { $0.asset.symbol.isSameWord(as: typed) }
    guard let found else { throw unknown(typed) }
    return found
  }

  /// The same of one that is asked for.
  package func followed(_ typed: String) throws(NotFollowed) -> FollowedAsset {
    let found = try asset(typed)
    if let at = found.removedAt {
      let symbol = found.asset.symbol
      throw NotFollowed(
        "\(symbol) was removed on \(at.day); `appliance asset restore \(symbol)` asks for it again", isUsage: false)
    }
    return found
  }

  /// The assets of a group that are asked for, by symbol.
  package func members(ofGroup typed: String) throws(NotFollowed) -> [FollowedAsset] {
    let present = assets.filter { $0.removedAt == nil }
    let members = present.filter { $0.groups.contains { $0.isSameWord(as: typed) } }
    guard members.isEmpty else { return members }
    let groups = Set(present.flatMap(\.groups)).sorted()
    let known = groups.isEmpty ? "no asset is in a group" : "the groups are \(groups.joined(separator: ", "))"
    throw NotFollowed("there is no group '\(shown(typed))'\(meantText(typed, among: groups)); \(known)")
  }

  /// What to say of a name that is none.
  package func unknown(_ typed: String) -> NotFollowed {
    if let now = assets.first(where: { $0.formerSymbols.contains { $0.isSameWord(as: typed) } }) {
      return NotFollowed("\(shown(typed.uppercased())) is \(now.asset.symbol) now (\(now.asset.name))")
    }
    return NotFollowed("there is no asset '\(shown(typed))'\(meant(typed)); \(listing)")
  }

  /// The same where it could be followed.
  package func notFollowed(_ typed: String, _ known: KnownListings) -> NotFollowed {
    if let symbol = (known[typed] ?? known.renamed(typed))?.asset.symbol, !holds(symbol) {
      return NotFollowed("'\(shown(typed))' is not followed; `appliance asset add \(symbol)` follows it")
    }
    if assets.contains(where: { $0.formerSymbols.contains { $0.isSameWord(as: typed) } }) { return unknown(typed) }
    return NotFollowed("'\(shown(typed))' is not followed\(meant(typed)); \(listing)")
  }

  private func meant(_ typed: String) -> String {
    let symbols = meantText(typed, among: assets.map(\.asset.symbol))
    guard symbols.isEmpty else { return symbols }
    let names = nearNames(to: typed, among: assets.map(\.asset.name))
    return meantText(names.compactMap { name in assets.first { $0.asset.name == name }?.asset.symbol })
  }

  /// `the assets are BTC, ETH`, or how many there are and what lists them.
  package var listing: String {
    assets.count > Self.listed
      ? "there are \(assets.count), which `appliance asset list` shows"
      : "the assets are \(assets.map(\.asset.symbol).joined(separator: ", "))"
  }
}

extension String {
  /// Whether it is the same word in another letter case.
  func isSameWord(as other: String) -> Bool { self == other || lowercased() == other.lowercased() }
}
