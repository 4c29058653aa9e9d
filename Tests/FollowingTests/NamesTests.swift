import Market
import Store
import Testing

@testable import Following

@Suite struct NamesTests {
  private func names() throws -> FollowedNames { FollowedNames(try Known.store().following.assets()) }
  private let known = KnownListings([Known.bitcoin, Known.platforms, Known.uranium])

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let error as NotFollowed { return error.description } catch { return "\(error)" }
    return ""
  }

  @Test(arguments: ["BTC", "btc", "Btc"])
  func `a symbol is found in any letter case`(typed: String) throws {
    #expect(try names().asset(typed).asset.symbol == "BTC")
  }

  @Test(arguments: [
    ("fb", "FB is META now (Meta Platforms)"), ("METTA", "(did you mean 'META'?)"),
    ("Bitcoim", "(did you mean 'BTC'?)"),
    ("ZZZZZZ", "there is no asset 'ZZZZZZ'; the assets are BTC, META"),
  ])
  func `a name that is none is told with what may have been meant`(typed: String, words: String) throws {
    let names = try names()
    #expect(message { _ = try names.asset(typed) }.contains(words))
  }

  @Test func `many assets are counted and not listed in a sentence`() throws {
    let assets = (0..<13).map { Listing(Asset(symbol: "A\($0)", name: "A", assetClass: .stock)) }
    let store = try Store.scratch()
    try store.following.register(
      Catalogue(edition: "many", listings: assets, funds: [], others: []), providers: Known.profiles)
    let names = FollowedNames(try store.following.assets())
    #expect(names.listing == "there are 13, which `appliance asset list` shows")
  }

  @Test func `a removed asset is found, but not among those that are asked for`() throws {
    let store = try Known.store()
    try store.following.decide([.removeAsset(symbol: "META")], at: Known.start)
    let names = FollowedNames(try store.following.assets())
    #expect(try names.asset("meta").asset.symbol == "META")
    #expect(message { _ = try names.followed("meta") }.contains("`appliance asset restore META`"))
    #expect(try names.members(ofGroup: "core").map(\.asset.symbol) == ["BTC"])
  }

  @Test func `a group that is none is told with those there are`() throws {
    let names = try names()
    #expect(
      message { _ = try names.members(ofGroup: "cor") }.contains("(did you mean 'core'?); the groups are core, wide"))
    #expect(try names.members(ofGroup: "Core").map(\.asset.symbol) == ["BTC", "META"])
  }

  @Test(arguments: ["CCJ", "ccj", "Cameco", "CAMECO"])
  func `what is known is found by symbol and by name`(typed: String) {
    #expect(known[typed]?.asset.symbol == "CCJ")
  }

  @Test func `a misspelt name is near, a symbol in capitals is not taken for one`() {
    #expect(known["Camecoo"] == nil)
    #expect(known.near("Camecoo") == ["CCJ (Cameco)"])
    #expect(known.isMisspeltName("Camecoo"))
    #expect(!known.isMisspeltName("CCK"))
    #expect(!known.isMisspeltName("ccjo"))
    #expect(!known.isMisspeltName("wholly other"))
    #expect(known.renamed("fb")?.asset.symbol == "META")
  }

  @Test func `what a file lacks and could follow is told with the command`() throws {
    let names = try names()
    #expect(
      names.notFollowed("cameco", known).description
        == "'cameco' is not followed; `appliance asset add CCJ` follows it")
    #expect(names.notFollowed("FB", known).description == "FB is META now (Meta Platforms)")
  }

  @Test func `an asset tells its groups, its series and its newest price`() throws {
    let store = try Known.store()
    let meta = try store.asset("META")
    #expect(meta.groups == ["core", "wide"])
    #expect(meta.formerSymbols == ["FB"])
    #expect((meta.seriesCount, meta.rowCount, meta.newest) == (2, 0, nil))
    try store.following.decide([.disableSource("yahoo")], at: Known.start)
    #expect(try store.asset("META").seriesCount == 0)
  }
}
