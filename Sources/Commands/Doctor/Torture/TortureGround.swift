import Formats
import Market
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A private folder with a copy of the file, and a capture of the newest answers in it; gone afterwards.
final class TortureGround: Sendable {
  let folder: String
  /// A home whose database is the copy.
  let copy: String
  /// What `ingest --replay` takes: a capture of the file's own answers, or `demo` where there is none yet.
  let capture: String
  let answers: Int

  /// Enough for a run of about a second.
  private static let most = (answers: 40, bytes: 8 << 20)

  init(of store: Store, in parent: String) throws {
    var template = Array((parent + "/appliance-torture-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw FileError.failed(.create, path: parent + "/appliance-torture-XXXXXX", code: errno)
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    copy = folder + "/copy"
    do {
      try Folder.create(copy)
      try store.copy(to: copy + "/appliance.db")
      let runs = try store.recorded(newest: Self.most.answers, bytes: Self.most.bytes)
      answers = runs.reduce(0) { $0 + $1.answers.count }
      capture = answers == 0 ? "demo" : folder + "/capture"
      if answers > 0 { try TortureGround.write(runs, isDemo: try store.origin() == .demo, to: capture) }
    } catch {
      TortureGround.removeTree(folder)
      throw error
    }
  }

  deinit { TortureGround.removeTree(folder) }

  /// A home that is not there yet.
  func home(_ name: String) -> String { folder + "/" + name }

  /// Makes room.
  func clear(home: String) { TortureGround.removeTree(home) }

  private static func write(
    _ runs: [(instant: Instant, answers: [KeptAnswer])], isDemo: Bool, to path: String
  ) throws {
    let captured = runs.map { run in
      CapturedRun(instant: run.instant, roundTrips: run.answers.map { ($0.request, $0.answer) })
    }
    try Capture(origin: isDemo ? .demo : .recorded, title: "the newest answers", runs: captured).write(toFolder: path)
  }

  /// With everything in it; links are not followed.
  private static func removeTree(_ path: String) {
    if unlink(path) == 0 { return }
    guard let stream = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    closedir(stream)
    for name in names { removeTree(path + "/" + name) }
    rmdir(path)
  }
}
