/// The instants at which bars of an interval can open; a rhythm says at which of them one should.
package struct OpeningGrid: Hashable, Sendable {
  /// The length of a bar, in seconds.
  package let step: Int64
  /// Seconds between two possible openings: `step`, or less where bars open with a market and not by the clock.
  package let raster: Int64
  /// Any one opening; the others are whole rasters away.
  package let anchor: Int64

  /// - Parameter anchor: any one opening, in epoch seconds.
  init(step: Int64, raster: Int64? = nil, anchor: Int64 = 0) {
    self.step = step
    self.raster = raster ?? step
    self.anchor = anchor
  }

  /// Whether a bar can open at an instant, in epoch seconds.
  @inlinable
  package func opens(at seconds: Int64) -> Bool { (seconds - anchor) % raster == 0 }

  /// The newest possible opening that is not after an instant.
  package func lastOpening(notAfter instant: Instant) -> Instant {
    Instant(epochSeconds: instant.epochSeconds - anchor).floored(to: raster) + anchor
  }

  /// The first possible opening that is not before an instant.
  package func firstOpening(notBefore instant: Instant) -> Instant {
    lastOpening(notAfter: instant + (raster - 1))
  }

  /// Cuts openings into stretches of at most `rows` bars, oldest first.
  package func pages(of openings: ClosedRange<Instant>, rows: Int) -> [ClosedRange<Instant>] {
    let length = Int64(rows) * step
    return stride(
      from: openings.lowerBound.epochSeconds, through: openings.upperBound.epochSeconds, by: Int(length)
    ).map { first in
      Instant(epochSeconds: first)...min(Instant(epochSeconds: first + length - step), openings.upperBound)
    }
  }
}
