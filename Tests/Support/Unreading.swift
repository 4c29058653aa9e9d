import Market

/// A provider whose answers nobody can read.
package struct Unreading: Provider {
  private let provider: any Provider
  /// In the place of another one, asked as that is.
  package init(_ provider: any Provider) { self.provider = provider }
  /// That of the other.
  package var profile: ProviderProfile { provider.profile }
  /// Those of the other.
  package func requests(for want: Want, at now: Instant) -> [Request] { provider.requests(for: want, at: now) }
  /// Always throws.
  package func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    throw .shapeChanged(expected: "rows", found: "something else", offset: 0)
  }
}
