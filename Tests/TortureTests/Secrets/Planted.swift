import Foundation

/// A secret that is planted, and every spelling under which it could be found again.
struct Planted: Sendable {
  let name: String
  let text: String

  /// Bytes to look for: as it is, percent-encoded, JSON-escaped, in hexadecimal, backwards, and what base64 makes of it
  /// wherever it stands.
  var needles: [(spelling: String, bytes: Data)] {
    let raw = Data(text.utf8)
    let hex = raw.map { String(format: "%02x", $0) }.joined()
    var needles: [(String, Data)] = [
      ("plain", raw), ("backwards", Data(raw.reversed())), ("hexadecimal", Data(hex.utf8)),
      ("percent", Data(raw.map { String(format: "%%%02X", $0) }.joined().utf8)),
      ("JSON", Data(raw.map { String(format: "\\u%04x", $0) }.joined().utf8)),
      ("slashes", Data(text.replacingOccurrences(of: "/", with: "\\/").utf8)),
      ("address", Data((text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text).utf8)),
      ("UTF-16", Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })),
    ]
    for lead in 0..<3 {
      let encoded = (Data(count: lead) + raw).base64EncodedString()
      let core = encoded.dropFirst((lead * 8 + 5) / 6).prefix((lead + raw.count) * 8 / 6 - (lead * 8 + 5) / 6)
      needles.append(("base64 behind \(lead)", Data(core.utf8)))
    }
    return needles
  }

  /// Where in some bytes it is found, and how it is spelt there.
  func found(in bytes: Data) -> [String] { needles.filter { bytes.range(of: $0.bytes) != nil }.map(\.spelling) }

  /// The same as a provider might repeat it.
  var echoes: String {
    let raw = Data(text.utf8)
    let headers = ["x-key: \(text)", "Basic \(Data("user:\(text)".utf8).base64EncodedString())"]
    let encoded = [
      text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "", raw.base64EncodedString(),
      String(text.reversed()), raw.map { String(format: "%02X", $0) }.joined(),
      text.replacingOccurrences(of: "/", with: "\\/"), raw.map { String(format: "\\u%04x", $0) }.joined(),
    ]
    return (headers + encoded).joined(separator: " | ")
  }
}
