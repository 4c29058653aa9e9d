import Market

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `capture.json` as it stands on the disk.
struct CaptureManifest: Codable {
  static let fileName = "capture.json"
  static let version = 1

  let version: Int
  let origin: String
  let title: String
  /// What a file of it follows, in the words of the setting; absent where the settings say.
  var follows: [String]?
  let runs: [Run]

  struct Run: Codable {
    let instant: String
    let answers: [Answer]
  }

  struct Answer: Codable {
    let provider: String
    let method: String
    /// The server that the request names, if it names one, as in a stored target: `//feeds.example.com`.
    var host: String?
    let path: String
    let query: [[String]]
    let requestBody: String?
    let headers: [[String]]
    let status: Int
    /// Where the answer's body lies, relative to the manifest.
    let body: String
  }

  init(version: Int, origin: String, title: String, follows: [String]?, runs: [Run]) {
    self.version = version
    self.origin = origin
    self.title = title
    self.follows = follows
    self.runs = runs
  }

  /// What of a manifest of any shape says which one it has.
  private struct Version: Decodable { let version: Int }

  init(_ bytes: [UInt8]) throws(CaptureError) {
    let data = Data(bytes)
    do {
      // The version first: a newer manifest may have another shape.
      let version = try JSONDecoder().decode(Version.self, from: data).version
      guard version == CaptureManifest.version else { throw CaptureError.version(version) }
      self = try JSONDecoder().decode(CaptureManifest.self, from: data)
    } catch let error as CaptureError {
      throw error
    } catch {
      throw .manifest(CaptureManifest.words(for: error))
    }
  }

  func encoded() throws(CaptureError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
    } catch {
      throw .manifest("\(error)")
    }
  }

  private static func words(for error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty ? "" : " in " + path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    return switch error {
    case DecodingError.keyNotFound(let key, let context):
      "'\(key.stringValue)' is missing\(place(context.codingPath))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      context.debugDescription + place(context.codingPath)
    case DecodingError.dataCorrupted(let context): context.debugDescription + place(context.codingPath)
    default: "\(error)"
    }
  }
}
