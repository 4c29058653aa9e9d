import Market
import SQLite
import Store

/// An answer to a question about a stretch that held nothing.
struct ListingProof: Sendable {
  let span: ClosedRange<Instant>
  let fetch: FetchID
}

/// What is known of the time before the first row of a series.
///
/// That there was nothing is proved by asking for just that: an answer that holds later rows too may have been cut short.
struct Listing: Sendable {
  let series: StoredSeries
  let recorder: Recorder

  /// Where, from an instant on, keys before the first row are neither there nor proved absent; `nil` where there are none.
  ///
  /// A table that comes whole is asked whole, and samples are no keys.
  func unproved(from start: Instant) async throws -> ClosedRange<Instant>? {
    let rhythm = series.rhythm()
    guard rhythm.isExact, !rhythm.comesWhole, let first = try await first(), start < first,
      var key = rhythm.firstKey(in: start...first - 1)
    else { return nil }
    let end = rhythm.key(before: first)
    let id = series.id
    let gaps = try await recorder { store in try store.gaps.all(of: id, in: start...first) }
    for gap in gaps where gap.reason.isProven || gap.reason == .refused {
      if gap.span.lowerBound > key { break }
      if gap.span.upperBound >= key { key = rhythm.key(after: gap.span.upperBound) }
    }
    return key <= end ? key...end : nil
  }

  /// Notes what lies wholly before the first row.
  func note(_ proofs: [ListingProof]) async throws {
    guard let first = try await first() else { return }
    let key = series.key
    for proof in proofs where proof.span.upperBound < first {
      try await recorder { store in try store.gaps.noteAbsence(of: key, over: proof.span, from: proof.fetch) }
    }
  }

  private func first() async throws -> Instant? {
    let key = series.key
    return try await recorder { store in try store.catalogue.series(key)?.extent?.lowerBound }
  }
}
