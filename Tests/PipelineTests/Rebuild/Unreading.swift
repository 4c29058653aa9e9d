import Market

/// A provider whose answers nobody can read.
struct Unreading: Provider {
  private let provider: any Provider
  init(_ provider: any Provider) { self.provider = provider }
  var profile: ProviderProfile { provider.profile }
  func requests(for want: Want, at now: Instant) -> [Request] { provider.requests(for: want, at: now) }
  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    throw .shapeChanged(expected: "rows", found: "something else", offset: 0)
  }
}
