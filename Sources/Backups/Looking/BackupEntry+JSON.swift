import Market

extension BackupEntry {
  /// Its state in a few words, with the database that it is of where that is another one.
  package var stateText: String {
    isOwn ? provenText : "of another database, \(databaseName ?? "unnamed"); \(provenText)"
  }

  private var provenText: String {
    switch state {
    case .proven(let at): "proven \(at)"
    case .damaged(let why): "damaged: \(why)"
    case .proofMissing: "no proof; `appliance backup verify \(name)` makes sure"
    case .proofMismatch(let why): "not proven: \(why)"
    case .earlierEncryption: "encrypted in an earlier version's own format; only that version restores it"
    case .newer(let version): "made by a newer appliance (format \(version))"
    }
  }

  /// What it is for programs.
  ///
  /// - Parameter copies: what lies in the second folder; `nil` where none is set or it cannot be used.
  package func json(beside copies: BackupList?) -> JSONValue {
    [
      "name": .string(name), "size": .integer(Int64(size)), "created_at": .string(stamp.instant.description),
      "automatic": automatic.map(JSONValue.bool) ?? .null, "state": .string(stateText), "proven": .bool(isProven),
      "encrypted": .bool(isEncrypted), "database": .optional(databaseName), "own": .bool(isOwn),
      "copied": copies.map { copies in .bool(copies.backups.contains { $0.name == name && $0.isProven }) } ?? .null,
    ]
  }
}

extension BackupCoverage {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "first": .string(first.description), "last": .string(last.description), "moments": .integer(Int64(count)),
      "widest_gap_seconds": .optional(widestGap.map { $0.upperBound - $0.lowerBound }),
    ]
  }
}
