import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Backups {
  /// Removes automatic backups that no rule wants: archive, proof and the CSV files made with them.
  ///
  /// - Parameter dryRun: only tells what would be done.
  /// - Returns: what became, or would become, of every backup, oldest first.
  package func prune(_ policy: PrunePolicy, dryRun: Bool = false) throws(BackupError) -> [PruneDecision] {
    let decisions = policy.decisions(about: try list().backups)
    guard !dryRun else { return decisions }
    try inBackup(folder) {
      for decision in decisions where !decision.isKept { try remove(decision.name) }
      if decisions.contains(where: { !$0.isKept }) { try Folder.sync(folder) }
    }
    return decisions
  }

  /// The archive goes first: a proof without an archive promises nothing.
  private func remove(_ name: String) throws {
    let path = FilePath.join(folder, name)
    let csvFiles = try BackupProof.beside(path)?.csvFiles ?? []
    try remove(path: path)
    if let csvFolder {
      for file in csvFiles where !file.contains("/") { try remove(path: FilePath.join(csvFolder, file)) }
    }
    try remove(path: path + BackupProof.suffix)
  }

  private func remove(path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError.failed(.remove, path: path, code: errno) }
  }
}
