import Market
import Store
import Testing

@testable import Following

@Suite struct DecisionsTests {
  private static var edit: AssetEdit {
    var edit = AssetEdit(symbol: "META")
    edit.name = "Meta: the company"
    edit.sector = "Everything, and more"
    edit.calendar = .weekdays
    edit.groups = ["mine", "ai-infra"]
    edit.leftGroups = ["wide"]
    edit.symbols = ["yahoo": "META.DE"]
    edit.preferred = "yahoo"
    edit.notes = ["thesis": "ads: yes", "gone": ""]
    return edit
  }

  private static let all: [CatalogueDecision] = [
    .addAsset(Known.uranium), .addAsset(Known.platforms), .editAsset(edit), .removeAsset(symbol: "BTC"),
    .restoreAsset(symbol: "BTC"), .addSeries(Known.series(Known.days("BTC-USD"), of: "BTC", priority: 3)),
    .removeSeries(Known.bitcoin.series[0].key), .resumeSeries(Known.bitcoin.series[0].key),
    .disableSource("coinbase"), .enableSource("coinbase"),
  ]

  @Test(arguments: all)
  func `a decision is read back as it was written`(decision: CatalogueDecision) throws {
    let read = CatalogueDecision(kind: decision.kind, subject: decision.subject, detail: decision.detail)
    #expect(read == decision)
  }

  @Test func `news of any provider are asked no more once they were removed`() throws {
    let store = try Known.store()
    let news = SeriesDefinition(
      key: Known.days("META", .newsItem), asset: nil, quoteCurrency: nil, priority: 1)
    try store.following.decide([.addSeries(news)], at: Known.start)
    let feed = try #require(try store.following.feeds().first)
    #expect(feed.key == news.key && feed.address == "META" && feed.isAsked)
    try store.following.decide([.removeSeries(feed.key)], at: Known.start)
    #expect(try store.following.feeds().map(\.isAsked) == [false])
  }

  @Test func `another edition of the catalogue changes nothing that was decided`() throws {
    let store = try Known.store()
    try store.following.decide(
      [
        .addAsset(Known.uranium), .editAsset(Self.edit), .removeAsset(symbol: "BTC"),
        .addSeries(Known.series(Known.days("BTC-USD"), of: "BTC", priority: 3)),
        .removeSeries(Known.bitcoin.series[0].key), .disableSource("coinbase"),
      ], at: Known.start)
    let meta = try store.asset("META")
    try store.following.register(Known.otherEdition, providers: Known.profiles)
    let now = try store.asset("META")
    #expect((now.asset, now.sector, now.calendar, now.notes) == (meta.asset, meta.sector, meta.calendar, meta.notes))
    #expect(Set(now.groups).isSuperset(of: ["mine", "ai-infra"]))
    // The edition says so again, and the user has said otherwise.
    #expect(!meta.groups.contains("wide") && !now.groups.contains("wide"))
    #expect(try store.asset("BTC").removedAt == Known.start)
    #expect(try store.asset("CCJ").asset == Known.cameco)
    #expect(try store.asked(of: "META", at: "yahoo") == ["META.DE"])
    #expect(try store.following.disabledSources() == ["coinbase"])
    #expect(try store.following.addedSeries() == [Known.days("BTC-USD")])
    let standings = Dictionary(
      try store.following.series(askedOf: Known.profiles, keyed: []).map { ($0.series.key, $0.standing) }
    ) { first, _ in first }
    #expect(standings[Known.bitcoin.series[0].key] == .removed)
    #expect(standings[Known.days("BTC-USD")] == .assetRemoved)
  }

  @Test func `the days of an asset are those of the calendar that it was given`() throws {
    let store = try Known.store()
    func calendars() throws -> Set<Market.Calendar> {
      Set(try store.catalogue.series(of: "META").filter { $0.key.holdsBars }.map { $0.rhythm().calendar })
    }
    #expect(try calendars() == [.nyse])
    try store.following.decide([.editAsset(Self.edit)], at: Known.start)
    #expect(try calendars() == [.weekdays])
  }

  @Test func `what nobody decided about is told anew by another edition`() throws {
    let store = try Known.store()
    try store.following.decide([.editAsset(Self.edit)], at: Known.start)
    try store.following.register(Known.otherEdition, providers: Known.profiles)
    let btc = try store.asset("BTC")
    #expect((btc.asset.name, btc.sector, btc.groups) == ("Bitcoin, told anew", "Money", ["coins", "core"]))
  }

  @Test func `an edited symbol never comes back beside its edit, whatever an edition says`() throws {
    let store = try Known.store()
    var edit = AssetEdit(symbol: "META")
    edit.symbols = ["yahoo": "META.DE"]
    try store.following.decide([.editAsset(edit)], at: Known.start)
    #expect(try store.asked(of: "META", at: "yahoo") == ["META.DE"])
    for edition in [Known.otherEdition, Known.catalogue, Known.otherEdition] {
      try store.following.register(edition, providers: Known.profiles)
      #expect(try store.asked(of: "META", at: "yahoo") == ["META.DE"])
    }
  }

  @Test func `deciding to go back to the old symbol asks for the old series again`() throws {
    let store = try Known.store()
    for symbol in ["META.DE", "META"] {
      var edit = AssetEdit(symbol: "META")
      edit.symbols = ["yahoo": symbol]
      try store.following.decide([.editAsset(edit)], at: Known.start)
    }
    #expect(try store.asked(of: "META", at: "yahoo") == ["META"])
    try store.following.register(Known.otherEdition, providers: Known.profiles)
    #expect(try store.asked(of: "META", at: "yahoo") == ["META"])
  }

  @Test func `applying decisions twice comes to the same`() throws {
    let store = try Known.store()
    try store.following.decide(Self.all, at: Known.start)
    let once = try store.followed
    // The same catalogue under another name: nothing but the decisions is done again.
    try store.following.register(
      Catalogue(edition: "again", listings: Known.catalogue.listings, funds: [], others: []), providers: Known.profiles)
    #expect(try store.followed == once)
  }

  @Test func `a preferred source stands first, and the others keep their order`() throws {
    let store = try Known.store()
    var edit = AssetEdit(symbol: "BTC")
    edit.preferred = "coinbase"
    try store.following.decide([.editAsset(edit)], at: Known.start)
    #expect(try store.catalogue.series(of: "BTC").map(\.key.provider) == ["coinbase", "binance"])
    try store.following.register(Known.otherEdition, providers: Known.profiles)
    #expect(try store.catalogue.series(of: "BTC").map(\.key.provider) == ["coinbase", "binance"])
  }
}
