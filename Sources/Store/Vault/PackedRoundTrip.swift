import Formats
import Market
import SQLite

/// An exchange that is ready for the vault: its bodies hashed and compressed, which is work that needs no file.
package struct PackedRoundTrip: Sendable {
  /// The exchange as it was made, with all its attempts.
  package let roundTrip: RoundTrip
  /// One for each attempt; `nil` where it brought no answer.
  let bodies: [PackedBody?]
  /// What was sent with the request; `nil` for nothing.
  let request: PackedBody?

  /// - Parameter base: a kept answer to the same question, beside which a new one is told where both are much alike.
  /// - Throws: `StoreError` when a body cannot be compressed.
  package init(_ roundTrip: RoundTrip, beside base: PackedBody.Base? = nil) throws(StoreError) {
    self.roundTrip = roundTrip
    bodies = try roundTrip.attempts.map { attempt throws(StoreError) in try PackedBody(of: attempt, beside: base) }
    request = roundTrip.request.body.isEmpty ? nil : try PackedBody(storing: roundTrip.request.body)
  }
}

extension PackedBody {
  /// What an attempt brought; `nil` where it brought no answer.
  fileprivate init?(of attempt: Attempt, beside base: Base?) throws(StoreError) {
    guard case .success(let answer) = attempt.result else { return nil }
    try self.init(
      storing: answer.body, redacted: answer.header("x-appliance-redacted") != nil,
      beside: answer.status == 200 ? base : nil)
  }

  /// - Throws: `StoreError` where the bytes cannot be compressed.
  init(storing bytes: [UInt8], hash: [UInt8]? = nil, redacted: Bool = false, beside base: Base? = nil)
    throws(StoreError)
  {
    do {
      try self.init(bytes, hash: hash, redacted: redacted, beside: base)
    } catch {
      throw .sqlite(code: 1, message: "compressing \(bytes.count) bytes: \(error)")
    }
  }
}
