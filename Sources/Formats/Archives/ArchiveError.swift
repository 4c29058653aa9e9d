/// Why a compressed body or an archive could not be read or written.
package enum ArchiveError: Error, Hashable, Sendable {
  /// The libarchive of this machine has no zstd compiled in.
  case zstdMissing
  /// The stream is cut, altered, or no zstd at all; libarchive's own words.
  case damaged(String)
  /// More bytes come out than were allowed.
  case tooLarge(limit: Int)
  /// It was packed so that its reader must keep more of it at hand than we do: so many bytes.
  case windowTooLarge(UInt64)
  /// An entry that has no place in our archives: a link, a device, a name that leads out of the folder.
  case entryRefused(name: String, reason: String)
  /// libarchive could not make the archive; its own words.
  case notWritten(String)
  case encryption(EncryptionError)
  /// The file beneath could not be read or written.
  case file(FileError)
}

extension ArchiveError: CustomStringConvertible {
  /// What is wrong with the archive or its file; goes on after the archive's name.
  package var description: String {
    switch self {
    case .zstdMissing: "this libarchive was built without zstd; install one that has it (Debian: libarchive13)"
    case .damaged(let reason): "damaged, cut, or not what its name says: \(reason)"
    case .tooLarge(let limit): "unpacks to more than the \(limit) bytes allowed"
    case .windowTooLarge(let size):
      "packed with a window of \(size >> 20) MB, and at most \(ZstdWindow.largest >> 20) are kept; pack it again "
        + "without `--long` and `--ultra`, or unpack it first"
    case .entryRefused(let name, let reason): "entry '\(name)' refused: \(reason)"
    case .notWritten(let reason): "archive not written: \(reason)"
    case .encryption(let error): error.description
    case .file(let error): error.description
    }
  }
}
