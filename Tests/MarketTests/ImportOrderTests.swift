import Market
import Testing

@Suite struct ImportOrderTests {
  private let order = ImportOrder(dataset: .bar, asset: "BTC", assetClass: .crypto, interval: .hour1)

  @Test func `an order comes back from its question with its edition and all that was found`() throws {
    var settled = order
    settled.findings["delimiter"] = ","
    settled.findings["columns"] = "time:1 open:2"
    let again = try #require(ImportOrder(query: settled.query))
    #expect(again == settled)
    #expect(again.isSettled && !order.isSettled)
    #expect(again.edition == ImportOrder.currentEdition)
  }

  @Test func `an order without an edition is of the first`() throws {
    let query = order.query.filter { $0.name != "edition" }
    let older = try #require(ImportOrder(query: query))
    #expect(older.edition == 1)
    #expect(older.query == query)
  }
}
