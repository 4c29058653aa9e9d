import Market
import Testing

@testable import Following

/// What can be a symbol, of an asset and at a provider.
@Suite struct SymbolTests {
  @Test(arguments: ["AAPL", "brk-b", "^GSPC", "EURUSD=X", "SAP.DE", "0700.HK"])
  func `letters, digits and a few signs are a symbol`(text: String) throws {
    #expect(try AssetWish(text).symbol() == text.uppercased())
    #expect(try providerSymbol(text) == text)
  }

  @Test func `providers have signs of their own`() throws {
    #expect(try providerSymbol("X:BTCUSD") == "X:BTCUSD")
    #expect(throws: NotFollowed.self) { try AssetWish("X:BTCUSD").symbol() }
  }

  @Test(arguments: ["", "=", "^", "..", "../../x?y=1&z", "A B", "a/b", "é", "x%2F"])
  func `what names nothing, or would be read as part of an address, is no symbol`(text: String) {
    #expect(throws: NotFollowed.self) { try AssetWish(text).symbol() }
    #expect(throws: NotFollowed.self) { try providerSymbol(text) }
  }
}
