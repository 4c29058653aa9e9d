import Foundation
import Testing

/// The doors between the rooms open one way only.
@Suite struct RoomsTests {
  /// What each room may import of the others, besides what those import. A room that is not here is not built yet, or
  /// was never agreed on.
  static let rooms: [String: Set<String>] = [
    "appliance": [
      "Analysis", "Inspection", "Watchlist", "Markets", "Reporting", "Writing", "Commands", "Providers", "CBuild",
      "seeds",
    ],
    "Watchlist": ["Commands", "Following"],
    "Markets": ["Commands", "Following"],
    "Analysis": ["Commands", "Rendering", "Store", "Metrics"],
    "Inspection": ["Commands", "Health"],
    "Reporting": ["Commands", "Reports"],
    "Writing": ["Commands", "Narrative", "Reports"],
    "Commands": [
      "Narrative", "Health", "Reports", "Provenance", "Pipeline", "Backups", "Queries", "FlatFiles", "Rendering",
      "Following", "Retention", "Store", "Transport", "Threads", "CStart",
    ],
    "Narrative": ["Pipeline", "Provenance", "Rendering", "Store", "Formats", "Market"],
    "Health": ["Backups", "Store", "Metrics", "Market"],
    "Reports": ["Provenance", "Health", "Telling", "Rendering", "Store", "Metrics"],
    "Provenance": ["Telling", "Rendering", "Store", "Metrics"],
    "Telling": ["Store", "SQLite", "Market"],
    "Retention": ["Store", "SQLite", "Market"],
    "Pipeline": ["Following", "Datasets", "Store", "Metrics", "Market"],
    "Following": ["Store", "Rendering", "Schema", "SQLite", "Market"],
    "Backups": ["Datasets", "Store", "Rendering", "Formats", "Market"],
    "Queries": ["Datasets", "Store", "Formats", "CSQLite"],
    "Datasets": ["Store", "SQLite", "Schema", "Metrics", "Market", "CSQLite"],
    "Providers": ["Formats", "Market"],
    "FlatFiles": ["Formats", "Market"],
    "Rendering": ["Metrics", "Market"],
    "Store": ["Newsdesk", "Schema", "SQLite", "Formats", "Metrics", "Market"],
    "Newsdesk": ["Schema", "SQLite", "Market"],
    "SQLite": ["Market", "CSQLite"],
    "Schema": ["Market"],
    "Metrics": ["Threads", "Market"],
    "Formats": ["Threads", "Market", "CArchive", "CXML", "CZstd"],
    "Transport": ["Threads", "Market", "CCurl"],
    "Threads": [],
    "Market": [],
    "CBuild": [], "CStart": [], "CLate": [], "CCurl": [], "CArchive": [], "CXML": [], "CZstd": [],
    "CSQLite": [],
    "seeds": ["Formats", "Market"],
  ]

  /// All rooms that lie below one.
  private static func below(_ room: String) -> Set<String> {
    var reached: Set<String> = []
    var next = rooms[room] ?? []
    while let one = next.popFirst() {
      reached.insert(one)
      next.formUnion((rooms[one] ?? []).subtracting(reached))
    }
    return reached
  }

  /// Libraries from outside, each with the rooms that may know it.
  static let libraries: [String: Set<String>] = [
    "GRDB": ["Datasets", "Following", "Narrative", "Newsdesk", "Retention", "Store", "SQLite", "Telling"],
    "ArgumentParser": [
      "appliance", "Analysis", "Inspection", "Commands", "Watchlist", "Markets", "Reporting", "Writing",
    ],
    "CCurl": ["Transport"],
    "CArchive": ["Formats"],
    "CXML": ["Formats"],
    "CZstd": ["Formats"],
    "CSQLite": ["Datasets", "SQLite", "Store", "Queries"],
    "seeds": ["appliance"],
  ]

  /// What comes with the language and the system, and the two libraries that any room may use.
  static let anywhere: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization", "Crypto",
    "_CryptoExtras", "Logging",
  ]

  private static func room(of file: Repository.File) -> String {
    file.path.hasPrefix("seeds/") ? "seeds" : String(file.path.split(separator: "/")[1])
  }

  private static func files() throws -> [Repository.File] {
    try Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "seeds")
  }

  @Test func `every folder of Sources is a room that was agreed on`() throws {
    let found = try Repository.entries(of: "Sources").filter { !$0.hasSuffix(".md") && !$0.hasPrefix(".") }
    #expect(!found.isEmpty)
    #expect(found.filter { Self.rooms[$0] == nil } == [])
  }

  @Test func `a room imports only what lies below it`() throws {
    for file in try Self.files() {
      let room = Self.room(of: file)
      let allowed = Self.anywhere.union(Self.below(room)).union(Self.libraries.filter { $0.value.contains(room) }.keys)
      #expect(file.imports.filter { !allowed.contains($0) } == [], "\(file)")
    }
  }

  @Test func `every outside library has one home`() throws {
    for file in try Self.files() {
      let strangers = file.imports.filter { name in
        Self.libraries[name].map { !$0.contains(Self.room(of: file)) } ?? false
      }
      #expect(strangers == [], "\(file)")
    }
  }

  @Test func `no room is reached from itself`() {
    #expect(Self.rooms.keys.filter { Self.below($0).contains($0) } == [])
  }

  @Test func `import lines are read in all their forms`() {
    let text = """
      import Foundation
      @testable import Store
      import struct GRDB.Row
      @preconcurrency public import Crypto
      // import Nothing
      let text = "import None"
        import Glibc
      """
    #expect(Repository.File(path: "x", text: text).imports == ["Foundation", "Store", "GRDB", "Crypto", "Glibc"])
  }
}
