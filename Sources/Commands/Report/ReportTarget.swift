import Formats
import Rendering

/// Where a report goes and how it is written; a name that promises a form that there is none of is refused.
struct ReportTarget {
  /// `nil` for standard output.
  let path: String?
  let asJSON: Bool

  /// - Parameters:
  ///   - path: what `-o` says.
  ///   - format: what `--format` says.
  ///   - json: whether `--json` was given.
  init(_ path: String?, format: DailyReportCommand.Format?, json: Bool) throws {
    if path == "" { throw Failure(.usage, "-o needs the name of a file, or - for standard output") }
    self.path = path == "-" ? nil : path
    let named = try self.path.flatMap(ReportTarget.format)
    if let format, let named, format != named, let path {
      throw Failure(
        .usage, "--format \(format.rawValue) and -o \(shown(path)) contradict each other; leave one of them away")
    }
    asJSON = (format ?? named ?? (json ? .json : .md)) == .json
  }

  private static func format(of path: String) throws -> DailyReportCommand.Format? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "md", "markdown": return .md
    case "json": return .json
    case "txt": return nil
    case let ending:
      throw Failure(
        .usage,
        "-o \(shown(path)): a report is written as md or json, not as \(shown(ending)); name the file .md or .json")
    }
  }
}
