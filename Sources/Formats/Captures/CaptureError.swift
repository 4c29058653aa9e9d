/// Why a capture could not be read or written.
package enum CaptureError: Error, Hashable, Sendable {
  /// `capture.json` is missing, or not what it should be: what is wrong, and where.
  case manifest(String)
  /// Another version than this program knows.
  case version(Int)
  /// A body that the manifest names is missing or may not be read: its path and why.
  case body(path: String, reason: String)
  case archive(ArchiveError)
  case file(FileError)
}

extension CaptureError: CustomStringConvertible {
  /// What is wrong with the capture, with the member, path or version at fault; one line.
  package var description: String {
    switch self {
    case .manifest(let reason): "not a capture: \(CaptureManifest.fileName): \(reason)"
    case .version(let version): "a capture of version \(version); this program reads version \(CaptureManifest.version)"
    case .body(let path, let reason): "the capture's body '\(path)': \(reason)"
    case .archive(let error): error.description
    case .file(let error): error.description
    }
  }
}
