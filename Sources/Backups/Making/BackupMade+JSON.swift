import Market

extension BackupMade {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "name": .string(name), "path": .string(path), "size": .integer(Int64(size)), "automatic": .bool(automatic),
      "proven_at": .string(provenAt.description), "tables": .integer(Int64(tables)), "rows": .integer(Int64(rows)),
      "csv_files": .array(csvFiles.map(JSONValue.string)), "copy": copy?.json ?? .null,
    ]
  }
}

extension BackupCopy {
  /// What it is for programs.
  package var json: JSONValue {
    switch self {
    case .made(let path): ["state": "made", "path": .string(path)]
    case .present(let path): ["state": "present", "path": .string(path)]
    case .absent(let folder, let reason):
      ["state": "absent", "folder": .string(folder), "reason": .string(reason)]
    case .failed(let folder, let reason):
      ["state": "failed", "folder": .string(folder), "reason": .string(reason)]
    }
  }
}
