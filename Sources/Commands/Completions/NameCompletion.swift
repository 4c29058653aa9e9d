import Following
import Market
import Schema
import Store

/// The names that a shell offers while somebody types: what the record of the home in force holds, else what every
/// record begins with.
package enum NameCompletion {
  /// Symbols of assets.
  @Sendable package static func assets(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    found(words) { try $0.catalogue.assets().map(\.symbol) } ?? followed
  }

  /// What can be followed: symbols of the program's own table.
  @Sendable package static func knownAssets(_ words: [String], _ index: Int, _ prefix: String) -> [String] { followed }

  /// Names of groups.
  @Sendable package static func groups(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let known = (try? Program.wiring().listings.flatMap(\.groups)) ?? []
    return Set(known + (found(words) { try $0.following.assets().flatMap(\.groups) } ?? [])).sorted()
  }

  /// Names of those who can be asked.
  @Sendable package static func sources(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    (try? Program.wiring().providers.map(\.profile.name.description)) ?? []
  }

  /// What `show` takes.
  @Sendable static func assetsAndDatasets(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    assets(words, index, prefix) + NamedDataset.all.map(\.name)
  }

  /// What `export` takes.
  @Sendable static func exported(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    ["all"] + assetsAndDatasets(words, index, prefix)
  }

  /// Names of saved questions.
  @Sendable static func queries(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    found(words) { try $0.savedQueries.all().map(\.name) } ?? []
  }

  /// Names of archives in the backup folder.
  @Sendable static func archives(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    guard let context = try? CommandContext(GlobalOptions.parse(placeFlags(words))),
      let backups = try? context.backups(at: context.clock)
    else { return [] }
    return (try? backups.list().backups.map(\.name)) ?? []
  }

  /// What `why` begins with.
  @Sendable static func subjects(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    assets(words, index, prefix) + ["fng", "macro", "flow", "snapshot", "summary"]
  }

  private static var followed: [String] {
    (try? Program.wiring().listings.map(\.asset.symbol)) ?? []
  }

  /// What a record says; `nil` where there is none. Nobody can be told of an error while he types.
  private static func found(_ words: [String], _ names: (Store) throws -> [String]) -> [String]? {
    guard let options = try? GlobalOptions.parse(placeFlags(words)),
      let store = try? CommandContext(options).reader()
    else { return nil }
    return try? names(store)
  }

  /// The flags among them that say where the record is.
  static func placeFlags(_ words: [String]) -> [String] {
    var flags: [String] = []
    for (index, word) in words.enumerated() {
      if word.hasPrefix("--home=") || word.hasPrefix("--db=") { flags.append(word) }
      if ["--home", "--db"].contains(word), index + 1 < words.count { flags += [word, words[index + 1]] }
    }
    return flags
  }
}
