import Formats

extension FuzzTarget {
  /// JSON, numbers, settings, tables of pages.
  static let formats = [
    FuzzTarget("json", texts: jsonTexts, payloads: "payloads/coinbase") { bytes in
      let strict = walk(bytes, tolerating: false), tolerant = walk(bytes, tolerating: true)
      _ = JSONCursor.text(at: ["data", "list"], in: bytes)
      _ = JSONCursor.text(at: ["error"], in: bytes)
      if strict, !tolerant { return "what is sound is refused where words are tolerated" }
      if strict != JSONCursor.isWhole(bytes) { return "skipping and looking disagree whether it is whole" }
      return nil
    },
    FuzzTarget("json-numbers", texts: ["1.25", "-0.5e-7", "123456789012345678", "\"7.00000000\"", "1e308"]) { bytes in
      JSONCursor.reading(bytes) { cursor in
        let decimal = try? cursor.decimal()
        if let decimal, !decimal.isFinite { return "\(decimal) is read as a decimal" }
        cursor.offset = 0
        _ = try? cursor.integer()
        cursor.offset = 0
        _ = try? cursor.numberText()
        return nil
      }
    },
    FuzzTarget("decimal-text", texts: ["0.1", "-12.50", "1e22", "4.9e-324", "1.7976931348623157e308", "007"]) { bytes in
      guard let number = DecimalText.number(bytes) else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      return Double(text) == number ? nil : "'\(text)' is read as \(number)"
    },
    FuzzTarget("decimal-units", texts: ["1,045.3", "-0.0000005", "9223372036854.775807", "1e6"]) { bytes in
      _ = DecimalUnits.whole(bytes, scale: 6, grouped: true)
      _ = DecimalUnits.whole(bytes, scale: 0)
      return nil
    },
    FuzzTarget(
      "dotenv", texts: ["A=1\nexport B=\"two\\n\" # c\r\nC='x y'\n", "\u{FEFF}# c\nKEY=\n", "A=\"\\$x\\t\"\nA=2"]
    ) { bytes in
      guard let file = try? DotEnv(bytes) else { return nil }
      return Set(file.entries.map(\.key)).count == file.entries.count ? nil : "a key is there twice"
    },
    FuzzTarget("html-table", texts: pages, payloads: "payloads/farside") { bytes in
      guard let tables = try? HTMLTable.tables(ofClass: "etf", in: bytes) else { return nil }
      return tables.allSatisfy { $0.rows.allSatisfy { !$0.cells.isEmpty } } ? nil : "a row without a cell"
    },
  ]

  private static let jsonTexts = [
    #"{"data":{"list":[{"a":1.5,"b":null,"c":"x\u00e9\n"},[true,false,[]]]},"error":null}"#, "[[1,\"2\",3e-5]]",
    "\"\\ud83d\\ude00\"",
  ]

  static let pages = [
    """
    <html><table class="etf"><thead><tr><th>Date</th><th>IBIT</th><th>BTC</th><th>Total</th></tr></thead><tbody>
    <tr><td>17 Sep 2025</td><td><span>(95.1)</span></td><td>-</td><td>(95.1)</td></tr>
    <tr><td>18 Sep 2025</td><td>1,045.3</td><td colspan="1">0.0</td><td>1,045.3</td></tr></tbody></table></html>
    """, "<table class=\"a etf\"><tr><td>x<table><tr><td>y</table><td colspan=3>&nbsp;&#65;</table>",
  ]

  private static func walk(_ bytes: [UInt8], tolerating: Bool) -> Bool {
    JSONCursor.reading(bytes) { cursor in
      do {
        try cursor.skipValue(toleratingWords: tolerating)
        try cursor.expectEnd()
        return true
      } catch {
        return false
      }
    }
  }
}
