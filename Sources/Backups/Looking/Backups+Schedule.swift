import Market

extension Backups {
  /// `VERIFY_EVERY` where nobody says otherwise: a week.
  package static let usualVerification: Int64 = 7 * 86_400

  /// What came of the last time when all archives were verified; `nil` where that never was.
  package var lastVerification: BackupVerification? { BackupLedger(folder: folder).verification }

  /// Verifies all archives if the last time is long enough ago.
  ///
  /// - Parameter interval: seconds from one time to the next. A folder never verified counts from its oldest proof.
  /// - Returns: what came of it; `nil` where nothing was due.
  package func verifyIfDue(every interval: Int64 = usualVerification) throws(BackupError) -> BackupVerification? {
    let now = clock.now
    var last = lastVerification?.at
    if last == nil { last = try oldestProof() }
    guard let last else { return nil }
    // A time in this clock's future says nothing.
    guard last > now || now - last >= interval else { return nil }
    _ = try verifyAll()
    return lastVerification
  }

  private func oldestProof() throws(BackupError) -> Instant? {
    try list().backups.compactMap { backup in
      if case .proven(let at) = backup.state { at } else { nil }
    }.min()
  }
}
