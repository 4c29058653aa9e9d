import ArgumentParser
import Commands
import Formats
import Market
import Rendering
import Reports
import Store

/// The forms in which a report is written.
enum ReportForm: String, ExpressibleByArgument, CaseIterable { case md, html, json }

/// The flags that say how a report is written, and where to.
struct ReportArguments: ParsableArguments {
  @Option(name: .long, help: "md, html or json.")
  var format: ReportForm?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output; .html makes it a page.", valueName: "file"),
    completion: .file())
  var output: String?
}

/// One report, from its flags to where it goes.
struct ReportRequest {
  let target: ReportArguments
  /// The day that was named; empty for the newest.
  let date: [Moment]
  let past: AsOfOption
  let global: GlobalOptions

  /// Makes the report of the day that was named and writes it; why there is none is the failure of the command.
  ///
  /// - Parameters:
  ///   - minor: headings of columns that a narrow screen does without before the others.
  ///   - make: `nil` stands for the newest day.
  func write(minor: Set<String>, _ make: (Day?, Store) throws -> some WrittenReport) throws {
    let context = try CommandContext(global)
    let target = try ReportTarget(target, json: global.json)
    let store = try context.readerOfRecord(past)
    let now = try context.now(of: store)
    if date.count > 1 { throw Failure(.usage, "--date was given \(date.count) times; a report is about one day") }
    let day = date.first.map { $0.first(at: now).day }
    if let day, day > now.day {
      throw Failure(.failed, "\(day) is still to come: today is \(now.day); name a day up to then")
    }
    do {
      try target.write(try make(day, store), from: store, minor: minor, context)
    } catch let error as ReportError {
      throw Failure(.failed, error.description)
    }
  }
}

/// Where a report goes and how it is written; a name that promises a form that there is none of is refused.
struct ReportTarget {
  /// `nil` for standard output.
  let path: String?
  let form: ReportForm

  /// - Parameter json: whether `--json` was given.
  init(_ arguments: ReportArguments, json: Bool) throws {
    let (path, format) = (arguments.output, arguments.format)
    if path == "" { throw Failure(.usage, "-o needs the name of a file, or - for standard output") }
    self.path = path == "-" ? nil : path
    let named = try self.path.flatMap(ReportTarget.form)
    if let format, let named, format != named, let path {
      throw Failure(
        .usage, "--format \(format.rawValue) and -o \(shown(path)) contradict each other; leave one of them away")
    }
    if json, let other = format ?? named, other != .json {
      throw Failure(
        .usage,
        "--json prints one object, and so no \(other.rawValue); leave \(format == nil ? "it or -o" : "one of them") away"
      )
    }
    form = format ?? named ?? (json ? .json : .md)
  }

  private static func form(of path: String) throws -> ReportForm? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "md", "markdown": return .md
    case "html", "htm": return .html
    case "json": return .json
    case "txt": return nil
    case "pdf":
      throw Failure(
        .usage,
        "-o \(shown(path)): no PDF is written; name the file .html, open it in a browser and print it into a PDF")
    case let ending:
      throw Failure(
        .usage,
        "-o \(shown(path)): a report is written as md, html or json, not as \(shown(ending)); name the file .md, .html "
          + "or .json")
    }
  }

  /// Writes the report, its text with a seal; on a terminal its Markdown is folded to the width and bears none.
  ///
  /// - Parameter minor: headings of columns that a narrow screen does without before the others.
  func write(_ report: some WrittenReport, from store: Store, minor: Set<String>, _ context: CommandContext) throws {
    if path == nil, form == .md, Console.outputIsTerminal {
      let text = report.document.markdown
      return try Console.output(Console.width().map { fittedMarkdown(text, to: $0, minor: minor) } ?? text)
    }
    let text =
      switch form {
      case .md: try report.sealed(report.document.markdown, from: store, maker: try reportMaker())
      case .html: try report.sealed(report.document.html(), from: store, maker: try reportMaker())
      case .json: report.json().pretty
      }
    guard let path else { return try Console.output(text) }
    try WholeFile.write(Array(text.utf8), to: path)
    context.console.say("wrote \(path)")
  }
}
