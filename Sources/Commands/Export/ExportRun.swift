import Datasets
import Formats
import Market
import Queries
import Rendering
import Reports
import Schema
import Store

/// One `export`, from the file to where it goes.
struct ExportRun: Sendable {
  let context: CommandContext
  let store: Store
  let datasets: [NamedDataset]
  let selection: RowSelection
  let target: ExportTarget
  /// What the one file in a folder is called, its ending aside; `nil` where files bear the names of their datasets.
  var fileName: String?
  var sql = SQLForm()
  var filter: DatasetFilter?
  var folding: Folding?
  /// What is not told of the past, for programs.
  var unknown: [(String, JSONValue)] = []

  /// A file that was written.
  struct Written: Sendable {
    let dataset: String
    let path: String
    let rows: Int
    /// As the file has them: packed ones where it is packed.
    let bytes: Int
    let fingerprint: Fingerprint?
  }

  func perform() async throws {
    try context.sayRemark(on: store)
    switch target.place {
    case .standardOutput: try print()
    case .file(let path):
      try printSummary(try await interruptibly { [try script(path)] }, all: path)
    case .folder(let path):
      try printSummary(try await interruptibly { try filesAndIndex(path) }, all: path)
    }
  }

  private func export(_ dataset: NamedDataset) -> RowExport {
    RowExport(
      dataset: dataset, selection: selection, format: target.format, sql: sql, folding: folding,
      filter: filter.map { ($0, store) })
  }

  private func print() throws {
    let sink = Console.rowSink(for: target.format)
    if context.options.json, let dataset = datasets.first {
      let head = try context.jsonHead(dataset, store) + unknown
      _ = try store.datasets.read { reader in try export(dataset).writeObject(head, reader, to: sink) }
      return
    }
    if let note { try sink.write(note) }
    try store.datasets.read { reader in
      try frame.write(to: sink) {
        for dataset in frame.datasets {
          var export = export(dataset)
          export.screen = context.console.screen
          if let hint = try export.write(reader, to: sink).hint { context.console.say(hint) }
        }
      }
    }
  }

  /// What stands around all that goes into one place.
  private var frame: ExportFrame {
    ExportFrame(
      datasets, isPostgres: target.format == .sql && sql.dialect == .postgres, isWhole: selection == RowSelection())
  }

  private var note: String? { target.format.note(asOf: store.asOf, datasets.first?.adjustment) }

  // MARK: Files

  /// Every dataset into one file.
  private func script(_ path: String) throws -> Written {
    try file(path, name: datasets.count == 1 ? datasets[0].name : "all") { sink in
      try store.datasets.read { reader in
        try frame.write(to: sink) { try frame.datasets.reduce(0) { try $0 + export($1).write(reader, to: sink).count } }
      }
    }
  }

  /// A folder of everything tells what is in it.
  private var hasIndex: Bool { if case .folder = target.place { datasets.count > 1 } else { false } }

  private func filesAndIndex(_ folder: String) throws -> [Written] {
    let written = try files(folder)
    guard hasIndex else { return written }
    let entries = zip(datasets, written).compactMap { dataset, file in
      file.fingerprint.map {
        ExportIndex.Entry(
          dataset: dataset, file: "\(dataset.name).\(target.format.fileExtension)", rows: file.rows,
          bytes: file.bytes, fingerprint: $0)
      }
    }
    let index = ExportIndex(
      entries: entries, format: target.format, origin: try store.origin()?.rawValue,
      now: try context.clock(of: store).now, version: context.version, asOf: store.asOf)
    try index.write(to: folder)
    return written
  }

  private func files(_ folder: String) throws -> [Written] {
    try Folder.create(folder)
    return try store.datasets.read { reader in
      try datasets.map { dataset in
        try file(target.path(of: fileName ?? dataset.name, in: folder), name: dataset.name) { sink in
          let alone = ExportFrame([dataset], isPostgres: frame.isPostgres, isWhole: false)
          return try alone.write(to: sink) { try export(dataset).write(reader, to: sink).count }
        }
      }
    }
  }

  /// A file that is there when it is complete, or not at all.
  private func file(_ path: String, name: String, _ write: (any ByteSink) throws -> Int) throws -> Written {
    let file = try SafeFile(path)
    defer { file.abandon() }
    // Only an index wants it; taken on the writing thread, while the next rows are printed.
    let fingerprinting = hasIndex ? FingerprintingSink(into: file) : nil
    let counting = CountingSink(into: fingerprinting ?? file)
    let packed = target.isPacked ? try GzipSink(into: counting, path: path) : nil
    let sink = OverlappedSink(into: packed ?? counting)
    let outcome = Result {
      if let note { try sink.write(note) }
      return try write(sink)
    }
    // Before the file is touched again, also when it is given up; the fault of the file comes first.
    try sink.finish()
    let rows = try outcome.get()
    try Task.checkCancellation()
    try packed?.finish()
    try file.finish()
    return Written(
      dataset: name, path: path, rows: rows, bytes: counting.count, fingerprint: fingerprinting?.fingerprint)
  }

  private func interruptibly(_ body: @escaping @Sendable () throws -> [Written]) async throws -> [Written] {
    do {
      return try await Interruption.cancelling { try body() }
    } catch is CancellationError {
      throw Failure(.interrupted, "interrupted; the file in hand was given up")
    }
  }

  // MARK: What was written

  private func printSummary(_ files: [Written], all path: String) throws {
    if context.options.json { return try Console.output(json(files, path)) }
    let width = files.map(\.dataset.count).max() ?? 0
    for file in files {
      let rows = file.rows == 1 ? "1 row" : "\(groupedText(Int64(file.rows))) rows"
      context.console.say(
        "\(file.dataset.padded(to: width))  \(rows), \(humanSize(bytes: Int64(file.bytes))), \(shown(file.path))")
    }
  }

  private func json(_ files: [Written], _ path: String) -> JSONValue {
    let rows = files.reduce(0) { $0 + $1.rows }
    let bytes = files.reduce(0) { $0 + $1.bytes }
    var members: [(String, JSONValue)] = [
      ("version", 1), ("dataset", .string(datasets.count == 1 ? datasets[0].name : "all")),
      ("format", .string(target.format.rawValue)), ("file", .string(files.count == 1 ? files[0].path : path)),
      ("rows", .integer(Int64(rows))), ("bytes", .integer(Int64(bytes))),
    ]
    if let asOf = store.asOf { members.append(("as_of", .string(asOf.description))) }
    members += unknown
    if datasets.count > 1, files.count > 1 {
      members.append(
        (
          "files",
          .array(
            files.map {
              [
                "dataset": .string($0.dataset), "file": .string($0.path), "rows": .integer(Int64($0.rows)),
                "bytes": .integer(Int64($0.bytes)),
              ]
            })
        ))
    }
    return .object(members)
  }
}

/// A sink that passes everything on and counts it.
private final class CountingSink: ByteSink {
  private let next: any ByteSink
  private(set) var count = 0

  init(into next: any ByteSink) { self.next = next }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try next.write(bytes)
    count += bytes.count
  }
}

extension CommandContext {
  /// What stands before the rows in a JSON object of rows.
  package func jsonHead(_ dataset: NamedDataset, _ store: Store) throws -> [(String, JSONValue)] {
    [
      ("dataset", .string(dataset.name)), ("origin", .optional(try store.origin()?.rawValue)),
      ("now", .string(try clock(of: store).now.description)),
    ] + (store.asOf.map { [("as_of", .string($0.description))] } ?? [])
      + (dataset.adjustment.map { [("adjust", .string($0.rawValue))] } ?? [])
  }
}
