#if DEBUG
  @testable import Backups
  import Formats

  extension FuzzTarget {
    /// The records in and beside an archive, with their checksum made anew: it keeps accidents out, not somebody who means it.
    static let backups = [
      FuzzTarget("backup-manifest", texts: [manifest]) { bytes in
        _ = try? BackupManifest(checksummed(bytes), path: "fuzz")
        _ = try? BackupManifest(bytes, path: "fuzz")
        return nil
      },
      FuzzTarget("backup-proof", texts: [proof]) { bytes in
        _ = try? BackupProof(checksummed(bytes), path: "fuzz")
        return nil
      },
    ]

    private static func checksummed(_ body: [UInt8]) -> [UInt8] {
      body + Array(",\n  \"seal\": \"\(Fingerprint(of: body))\"\n}\n".utf8)
    }

    private static let manifest = """
      {
        "version": 1, "createdAt": "2025-09-19T22:30:00Z", "automatic": false, "applianceVersion": "0.1.0",
        "schemaVersion": 1, "members": [{"name": "appliance.db", "size": 4096, "sha256": "00"}],
        "tables": [{"name": "bar", "rows": 5, "sha256": "00"}]
      """

    private static let proof = """
      {
        "version": 1, "sha256": "00", "size": 10, "createdAt": "2025-09-19T22:30:00Z", "provenAt": "2025-09-19T22:30:00Z",
        "automatic": true, "applianceVersion": "0.1.0", "sqliteVersion": "3.40.1", "schemaVersion": 1, "changeMark": "x",
        "csvFiles": ["a.csv"], "tables": []
      """
  }
#endif
