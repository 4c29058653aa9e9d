#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file, a folder or a pipe could not be used.
package enum FileError: Error, Hashable, Sendable {
  /// The system said no: while doing what, to which path, with which `errno`.
  case failed(Action, path: String, code: Int32)
  /// The reader at the other end of the pipe has gone. Commands end quietly then.
  case closedPipe(path: String)
  /// A file is there already and was not to be replaced.
  case exists(path: String)
  /// A folder, a link, a device or a pipe where a regular file belongs.
  case notRegular(path: String)
  case tooLarge(path: String, limit: Int)
  /// The file became shorter or longer while it was read.
  case changedWhileRead(path: String)

  /// What was tried, as messages say it.
  package enum Action: String, Hashable, Sendable {
    case open, read, write, sync, close, rename, create, remove, list
  }
}

extension FileError {
  /// The path concerned.
  package var path: String {
    switch self {
    case .failed(_, let path, _), .closedPipe(let path), .exists(let path), .notRegular(let path),
      .tooLarge(let path, _), .changedWhileRead(let path):
      path
    }
  }

  /// Whether there is simply nothing at that path.
  package var isMissing: Bool {
    if case .failed(_, _, ENOENT) = self { true } else { false }
  }

  /// What to do about it, where there is something to say.
  package var hint: String? {
    guard case .failed(let action, let path, let code) = self else { return nil }
    return switch code {
    case ENOENT where action == .create: "there is no folder \(FilePath.split(path).folder)"
    case ENOSPC: "the disk is full: free some space and try again"
    case EDQUOT: "your disk quota is used up: free some space and try again"
    case EACCES, EPERM: "check who owns it and its permissions"
    case EROFS: "the file system is read-only: choose another folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case EISDIR: "that is a folder, not a file"
    case ENAMETOOLONG: "choose a shorter name"
    case EMFILE, ENFILE: "too many files are open"
    default: nil
    }
  }
}

extension FileError: CustomStringConvertible {
  /// What failed and with which path, in the system's words, with a hint where there is one; one line.
  package var description: String {
    switch self {
    case .failed(let action, let path, let code):
      "cannot \(action.rawValue) \(path): \(String(cString: strerror(code)))" + (hint.map { " (\($0))" } ?? "")
    case .closedPipe(let path): "\(path): nobody reads any more"
    case .exists(let path): "\(path) exists already and was left as it is"
    case .notRegular(let path): "\(path) is not a regular file"
    case .tooLarge(let path, let limit): "\(path) is longer than the \(limit) bytes allowed"
    case .changedWhileRead(let path): "\(path) changed while it was read; try again"
    }
  }
}
