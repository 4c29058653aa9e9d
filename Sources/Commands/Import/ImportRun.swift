import Following
import Formats
import Market
import Pipeline
import Rendering
import Store
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One `import`, from the first look at the file to the summary.
struct ImportRun: Sendable {
  let context: CommandContext
  let subject: ImportSubject
  let options: ImportCommand

  func perform() async throws {
    let isNew = !options.dryRun && (try? Store.exists(context.databasePath)) == false
    // Of a pipe whoever writes into it may take what was read for stored.
    let isAhead = isNew && ((try? ImportRun.regularFile(options)) ?? nil) != nil
    // A new file needs its schema as soon as the other one was looked at, whose first parts can be read meanwhile.
    let (opened, _) = try both({
      let opened = try open()
      if isAhead { opened.readAhead(keepsBytes: !options.byReference) }
      return opened
    }) { if isNew { Store.prepareToMakeFile() } }
    defer { opened.endReadingAhead() }
    let report = try await options.dryRun ? survey(opened) : bringIn(opened)
    try ImportSummary(report: report, name: name, subject: subject, context: context, options: options).print()
    let status = ImportSummary.status(of: report)
    if status != .done { throw Failure(status) }
  }

  /// The file's own name.
  private var name: String {
    options.file == "-" ? "standard input" : options.fileName
  }

  /// Looked at before the database is opened: a file that is refused leaves no trace.
  private func open() throws -> OpenedImport {
    do {
      return try OpenedImport(
        options.file, name: name, order: subject.order, series: subject.definition.key,
        opener: context.wiring.fileOpener(knowing: context.knowledge(of: subject.asset), checksColumns: true),
        at: context.clock.now)
    } catch let refusal as FileRefusal {
      throw Failure(refusal.isUsage ? .usage : .failed, "\(name): \(refusal)")
    } catch let error as ArchiveError {
      throw ImportRun.failure(error, name)
    }
  }

  /// What the system said of a file names it already.
  private static func failure(_ error: ArchiveError, _ name: String) -> Failure {
    if case .file(let error) = error { return Failure(.failed, "\(error)") }
    return Failure(.failed, "\(name): \(error)")
  }

  private func survey(_ opened: OpenedImport) async throws -> ImportReport {
    let (asset, name, store) = (subject.asset?.symbol, name, try context.readerIfThere())
    return try await blocking {
      do { return try FileImport.survey(opened, asset: asset, against: store) } catch let error as ArchiveError {
        throw ImportRun.failure(error, name)
      }
    }
  }

  private func bringIn(_ opened: OpenedImport) async throws -> ImportReport {
    let path = try ImportRun.regularFile(options)
    let (store, finish) = try context.filler(command: "import")
    try store.claim(.live)
    try store.following.register(context.universe, providers: context.profiles)
    let line = ImportLine(console: context.console)
    let (context, subject, name, isReference) = (context, subject, name, options.byReference)
    let report = try await Interruption.cancelling {
      try await blockingUntilStopped { flag in
        let run = FileImport(
          store: store, clock: context.clock, command: Program.commandLine,
          version: context.version, processID: getpid(), takesAgain: options.again,
          isCancelled: { flag.isRaised }, onProgress: line.show)
        do {
          return try run.perform(
            opened, .init(name: name, path: path, isReference: isReference), definition: subject.definition,
            asset: subject.asset, title: subject.title)
        } catch let refusal as FileRefusal {
          throw Failure(.failed, "\(name): \(refusal)")
        }
      }
    }
    line.clear()
    try finish()
    return report
  }

  /// The absolute path of a regular file; `nil` for a pipe.
  static func regularFile(_ options: ImportCommand) throws -> String? {
    var status = stat()
    guard options.file != "-", stat(options.file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      guard !options.byReference else {
        throw Failure(.usage, "--by-reference: \(options.file) is not a regular file")
      }
      return nil
    }
    guard let real = realpath(options.file, nil) else { return options.file }
    defer { free(real) }
    return String(cString: real)
  }
}
