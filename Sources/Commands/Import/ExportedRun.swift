import FlatFiles
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

/// One `import` of a table that `export` wrote: the rows of each of its series go in like a file of their own, by what
/// the columns say of asset, source and interval. The bytes are kept once.
struct ExportedRun: Sendable {
  let context: CommandContext
  let options: ImportCommand
  /// The whole of standard input; `nil` for a file that can be opened again.
  let bytes: [UInt8]?

  /// The rows of one series, on their way in.
  private struct Part: Sendable {
    let table: String
    let subject: ImportSubject
    let rows: Int
  }

  // MARK: Whether it is one

  /// Whether a regular file begins like a table that `export` writes, and nothing was told that such a file says itself.
  static func isExported(_ options: ImportCommand) -> Bool {
    var status = stat()
    // What is read from a pipe cannot be read again.
    guard options.file != "-", !options.tellsColumns, stat(options.file, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return false }
    guard let file = try? UnpackedFile(options.file, name: options.fileName) else { return false }
    return (try? table(file)) != nil
  }

  private static func table(_ file: UnpackedFile) throws -> (table: ExportedTable, first: [UInt8])? {
    let first = try ExportedRun.piece(of: file)
    return ExportedTable(head: Array(first.prefix(64 << 10))).map { ($0, first) }
  }

  private static func piece(of file: UnpackedFile) throws -> [UInt8] {
    var fault: (any Error)?
    let bytes = [UInt8](unsafeUninitializedCapacity: OpenedImport.partSize) { buffer, count in
      do { count = try file.read(into: UnsafeMutableRawBufferPointer(buffer)) } catch { fault = error }
    }
    if let fault { throw fault }
    return bytes
  }

  /// All of standard input, unpacked.
  static func standardInput() throws -> [UInt8] {
    let file = try UnpackedFile("-", name: "standard input")
    var bytes: [UInt8] = []
    while true {
      let piece = try piece(of: file)
      bytes += piece
      if piece.count < OpenedImport.partSize { return bytes }
    }
  }

  // MARK: Reading

  private func unpacked() throws -> UnpackedFile {
    try bytes.map { try UnpackedFile(bytes: $0, name: name) } ?? UnpackedFile(options.file, name: name)
  }

  private var name: String { bytes == nil ? options.fileName : "standard input" }

  /// - Returns: whether it is such a table; nothing was done where it is none.
  func perform() async throws -> Bool {
    guard let table = try read() else { return false }
    let (parts, told) = try sorted(table)
    let taken = try await options.dryRun ? survey(parts) : parts.isEmpty ? [] : bringIn(parts)
    let summary = TrackerSummary(name: name, isRehearsal: options.dryRun, parts: taken + told)
    try summary.print(context)
    if summary.status != .done { throw Failure(summary.status) }
    return true
  }

  private func read() throws -> ExportedTable? {
    let file = try unpacked()
    guard let (found, first) = try ExportedRun.table(file) else { return nil }
    if found.kind == .snapshots {
      throw Failure(
        .failed,
        "\(shown(name)): it holds days of daily_market_snapshot, which are computed here from the rest. Import the bars "
          + "that they come from: `appliance export bar -o bars.csv`, then `appliance import bars.csv`")
    }
    var (table, piece) = (found, first)
    while true {
      let isLast = piece.count < OpenedImport.partSize
      piece.withUnsafeBytes { table.read($0, isLast: isLast) }
      if isLast { return table }
      piece = try ExportedRun.piece(of: file)
    }
  }

  private func sorted(_ table: ExportedTable) throws -> ([Part], [TrackerSummary.Part]) {
    var parts: [Part] = []
    var told: [TrackerSummary.Part] = []
    for group in try ExportedGroups(table, options, context.universe.funds).groups {
      switch group.fate {
      case .leftOut(let why): told.append(.leftOut(group.name, group.asset, group.rows, why))
      case .refused(let why): told.append(.refused(group.name, group.asset, group.rows, why))
      case .taken(let interval, let cells):
        do {
          parts.append(try part(group, table.kind, interval, cells))
        } catch let failure as Failure {
          told.append(.refused(group.name, group.asset, group.rows, failure.message))
        }
      }
    }
    let keys = parts.map(\.subject.definition.key)
    if let twice = keys.first(where: { key in keys.count { $0 == key } > 1 }) {
      throw Failure(
        .failed,
        "\(shown(name)): it holds two series of \(twice.provider) \(twice.providerSymbol) \(twice.interval). "
          + "Say which: --where-column provider_symbol=NAME, with --asset and --interval")
    }
    return (parts, told)
  }

  private func part(
    _ group: ExportedGroups.Group, _ kind: ExportedTable.Kind, _ interval: Interval,
    _ cells: [ImportOrder.WantedCell]
  ) throws -> Part {
    let asset = try group.asset.map { try options.known(asset: $0, context, isAlone: false) }
    let dataset: Dataset = kind == .bars ? .bar : kind == .flows ? .etfFlow : .sentiment
    var order = ImportOrder(
      dataset: dataset, asset: asset?.symbol, assetClass: asset?.assetClass, interval: interval, wanted: cells)
    order.timeZone = "UTC"
    order.unit = kind == .flows ? 1 : nil
    order.takesNoVolume = options.noVolume
    let subject = try ImportSubject(
      order: order, asset: asset, source: options.source ?? group.source, providers: context.profiles, isLaidOut: true)
    return Part(table: group.name, subject: subject, rows: group.rows)
  }

  // MARK: Storing

  private func opened(_ part: Part) throws -> OpenedImport {
    let opener = context.wiring.fileOpener(knowing: context.knowledge(of: part.subject.asset), checksColumns: true)
    let (order, key) = (part.subject.order, part.subject.definition.key)
    if let bytes {
      return try OpenedImport(
        bytes: bytes, name: name, order: order, series: key, opener: opener, at: context.clock.now)
    }
    return try OpenedImport(
      options.file, name: name, order: order, series: key, opener: opener, at: context.clock.now)
  }

  private func survey(_ parts: [Part]) async throws -> [TrackerSummary.Part] {
    let store = try context.readerIfThere()
    return try await blocking {
      try parts.map { part in
        try told(part) { try FileImport.survey(opened(part), asset: part.subject.asset?.symbol, against: store) }
      }
    }
  }

  private func bringIn(_ parts: [Part]) async throws -> [TrackerSummary.Part] {
    let path = bytes == nil ? try ImportRun.regularFile(options) : nil
    let (store, finish) = try context.filler(command: "import")
    try store.claim(.live)
    try store.following.register(context.universe, providers: context.profiles)
    let told = try await Interruption.cancelling {
      try await blockingUntilStopped { flag in
        var told: [TrackerSummary.Part] = []
        for part in parts where !flag.isRaised {
          told.append(
            try self.told(part) {
              try FileImport(
                store: store, clock: context.clock, command: Program.commandLine, version: context.version,
                processID: getpid(), takesAgain: options.again,
                isCancelled: { flag.isRaised }, onProgress: { _ in }
              ).perform(
                opened(part), .init(name: name, path: path, isReference: options.byReference),
                definition: part.subject.definition, asset: part.subject.asset, title: part.subject.title)
            })
        }
        return told
      }
    }
    try finish()
    return told
  }

  /// Rows that are none of their kind cost themselves.
  private func told(_ part: Part, _ body: () throws -> ImportReport) throws -> TrackerSummary.Part {
    let asset = part.subject.asset?.symbol
    do {
      return .taken(part.table, asset, part.rows, try body())
    } catch let refusal as FileRefusal {
      return .refused(part.table, asset, part.rows, refusal.description)
    }
  }
}
