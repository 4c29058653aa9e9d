import Foundation
import Market
import Rendering
import Testing

@Suite struct JSONRowsTests {
  @Test func `one object a line`() {
    #expect(
      encoded(.ndjson, sampleColumns, sampleRows) == """
        {"asset":"BTC","ts_utc":"2025-09-19T21:00:00Z","close":115000,"bars":24}
        {"asset":"ETH","ts_utc":"2025-09-19T21:00:00Z","close":4471.25,"bars":null}
        {"asset":null,"ts_utc":"2025-09-19T22:00:00Z","close":null,"bars":-1}

        """)
  }

  @Test func `one array of objects`() {
    #expect(
      encoded(.json, sampleColumns, Array(sampleRows.prefix(2))) == """
        [{"asset":"BTC","ts_utc":"2025-09-19T21:00:00Z","close":115000,"bars":24},
        {"asset":"ETH","ts_utc":"2025-09-19T21:00:00Z","close":4471.25,"bars":null}]

        """)
  }

  @Test func `no rows are an empty array, or no lines`() {
    #expect(encoded(.json, sampleColumns, []) == "[]\n")
    #expect(encoded(.ndjson, sampleColumns, []) == "")
  }

  @Test(arguments: [
    ("\"\u{301}", "\\\"\u{301}"), ("\\", "\\\\"), ("a\r\nb", "a\\r\\nb"), ("\u{1B}[31m", "\\u001b[31m"),
    ("\0", "\\u0000"),
    ("\u{7F}", "\\u007f"), ("\u{9B}31m", "\\u009b31m"), ("é😀", "é😀"), ("a\tb", "a\\tb"),
  ])
  func `texts are escaped by scalars, control characters always`(text: String, escaped: String) {
    #expect(Array(encoded(.ndjson, texts: [text]).utf8) == Array("{\"a\":\"\(escaped)\"}\n".utf8))
  }

  @Test func `infinity is null`() {
    #expect(
      encoded(.ndjson, [Column("a", .real)], [[.real(.infinity)], [.real(-1e300)]]) == "{\"a\":null}\n{\"a\":-1e+300}\n"
    )
  }

  @Test func `bytes that are no UTF-8 are replaced`() {
    let encoder = RowFormat.ndjson.encoder(table: "t")
    encoder.begin([Column("a", .text)])
    [0x61, 0xFF, 0x62].withUnsafeBufferPointer(encoder.text)
    encoder.endRow()
    #expect(encoder.output.text == "{\"a\":\"a\u{FFFD}b\"}\n")
  }

  @Test func `whatever the cells hold, a JSON reader gets it back`() throws {
    var random = Seeded(6)
    let texts = (0..<2000).map { _ in random.awkwardText() }
    let json = encoded(.json, texts: texts)
    let read = try JSONDecoder().decode([[String: String]].self, from: Data(json.utf8))
    #expect(read.map { Array(($0["a"] ?? "missing").utf8) } == texts.map { Array($0.utf8) })
  }
}
