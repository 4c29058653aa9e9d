/// How far a run reaches.
extension Rhythm {
  /// The newest key worth asking for: the newest that is due, but of days whose facts come in over hours the one that
  /// has begun, which shows provisionally.
  package func newestToAsk(at now: Instant) -> Instant {
    revisits == nil ? newestDue(at: now) : grid.lastOpening(notAfter: now)
  }

  /// Where a first run begins that ends with `newest`.
  package func firstKey(ofRunTo newest: Instant) -> Instant { key(onOrAfter: newest - firstReach) }

  /// Where a run begins to read again what is stored up to `last`.
  package func overlapStart(before last: Instant) -> Instant {
    switch overlap {
    case .seconds(let seconds): last - seconds
    case .keys(let count): (0..<count).reduce(last) { key, _ in self.key(before: key) }
    }
  }

  /// The newest key that has begun so long ago that, unfinished, it is looked at again; `nil` without revisits.
  package func newestToRevisit(at now: Instant) -> Instant? { revisits.map { key(onOrBefore: now - $0.from) } }

  /// How long the proof holds that a series had not begun before its first row, in seconds: then it is asked for once more,
  /// since providers do add older history. Alpha Vantage says that
  /// to a free key of all but the newest rows, for one of its few requests.
  package static func listingProofLasts(at provider: ProviderName) -> Int64 {
    (provider == "alphavantage" ? 30 : 7) * day
  }
}
