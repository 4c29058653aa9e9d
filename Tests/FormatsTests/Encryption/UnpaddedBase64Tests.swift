import Foundation
import Testing

@testable import Formats

@Suite struct UnpaddedBase64Tests {
  /// RFC 4648, section 10.
  @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy")])
  func `the examples of the standard`(plain: String, text: String) {
    #expect(UnpaddedBase64.text(Array(plain.utf8)) == Array(text.utf8))
    #expect(UnpaddedBase64.bytes(text.utf8) == Array(plain.utf8))
  }

  @Test(arguments: 0..<70) func `it agrees with Foundation but for the padding`(count: Int) {
    let bytes = AgeFile.plain(count).map { $0 ^ 0xA5 }
    let text = UnpaddedBase64.text(bytes)
    #expect(String(decoding: text, as: UTF8.self) == Data(bytes).base64EncodedString().filter { $0 != "=" })
    #expect(UnpaddedBase64.bytes(text) == bytes)
  }

  @Test(arguments: ["Zg==", "Zg=", "Zh", "Zm9", "Z", "Zm9vY", "Zm 8", "Zm9v\n", "Zm-_", "=", "Zm8\u{0}", "Zｍ8"])
  func `another spelling than the one is none`(text: String) {
    #expect(UnpaddedBase64.bytes(text.utf8) == nil)
  }
}
