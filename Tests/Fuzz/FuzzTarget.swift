/// A reader of foreign bytes, and how to tell that it went wrong. A trap is always wrong; what else is, the reader's
/// own rules say.
struct FuzzTarget: Sendable {
  let name: String
  /// Small inputs that are read well, to be spoilt.
  let seeds: [[UInt8]]
  /// Folder below `MARKET_DATA` whose files are seeds too, where that is set.
  var payloads: String?
  /// Reads; what does not hold, or `nil`.
  let read: @Sendable ([UInt8]) -> String?

  init(
    _ name: String, seeds: [[UInt8]], payloads: String? = nil, _ read: @escaping @Sendable ([UInt8]) -> String?
  ) {
    self.name = name
    self.seeds = seeds
    self.payloads = payloads
    self.read = read
  }

  init(_ name: String, texts: [String], payloads: String? = nil, _ read: @escaping @Sendable ([UInt8]) -> String?) {
    self.init(name, seeds: texts.map { Array($0.utf8) }, payloads: payloads, read)
  }

  /// Every reader of foreign bytes. A new one is added to a list of its room, or makes one.
  static let all = formats + feeds + archives + imports + providers + events + news + places + internals
}
