import Formats
import Logging
import Market
import Rendering
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A log on the disk that cannot grow without bound: one file a day, cut at a size, the oldest removed.
///
/// Losing a line to a full disk never fails a run.
final class LogFile: Sendable {
  private let descriptor: Int32
  private let written: Mutex<Int>

  static let largest = 8 << 20
  static let kept = 30

  /// - Parameter folder: made if it is not there.
  init(folder: String, name: String) throws {
    try Folder.create(folder)
    LogFile.removeOld(in: folder)
    let path = "\(folder)/\(name)"
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .failed, "\(path) cannot be written: \(String(cString: strerror(errno))). Check who owns the folder")
    }
    var status = stat()
    written = Mutex(fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0)
  }

  deinit { close(descriptor) }

  func append(_ line: String) {
    written.withLock { written in
      guard written < LogFile.largest else { return }
      let text = written + line.utf8.count < LogFile.largest ? line : "the log of this day is full\n"
      let count = text.withCString { write(descriptor, $0, strlen($0)) }
      written += max(0, count)
    }
  }

  /// The logs in a folder, oldest first.
  static func names(in folder: String) -> [String] {
    ((try? Folder.names(in: folder)) ?? []).filter { $0.hasPrefix("ingestion_") && $0.hasSuffix(".log") }
  }

  private static func removeOld(in folder: String) {
    let names = LogFile.names(in: folder)
    for name in names.dropLast(kept) { unlink("\(folder)/\(name)") }
  }
}

/// Lines for people or for programs, on one file.
struct FileLogHandler: LogHandler {
  let file: LogFile
  let asJSON: Bool
  let now: @Sendable () -> Instant
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    if asJSON {
      let members: [(String, JSONValue)] =
        [
          ("at", .string(now().description)), ("level", .string(event.level.rawValue)),
          ("message", .string(event.message.description)),
        ] + fields.map { ($0.key, FileLogHandler.json($0.value)) }
      file.append(JSONValue.object(members).compact + "\n")
    } else {
      let tail = fields.map { " \($0.key)=\($0.value)" }.joined()
      let text = TerminalText.escaped("\(now()) \(event.level.rawValue) \(event.message)\(tail)")
      file.append(text + "\n")
    }
  }

  /// A number stays one; everything else is its text.
  private static func json(_ value: Logger.MetadataValue) -> JSONValue {
    if case .stringConvertible(let number as Int) = value { return .integer(Int64(number)) }
    return .string(value.description)
  }
}
