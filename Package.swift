// swift-tools-version: 6.1
import PackageDescription

/// Shown by `--version`. The Makefile passes it on; a plain `swift build` asks git.
let commit =
  Context.environment["APPLIANCE_COMMIT"] ?? Context.gitInformation.map { String($0.currentCommit.prefix(9)) }
  ?? "unknown"

/// Inlining across rooms: payloads are read by a cursor that lives in `Formats`, a million times a second.
let optimised: [SwiftSetting] = [
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))
]

/// The flag above heeds what is `public` only. This one heeds all, but no two targets of one program can have it, as both
/// would define what they make of the standard library's generic code: it is for the room whose loops run in others.
let whollyOptimised: [SwiftSetting] = [
  .unsafeFlags(["-enable-cmo-everything"], .when(configuration: .release))
]

/// On this platform `CLate` loads libcurl, libarchive, libxml2 and libzstd when they are first called, so that the linker is not
/// told of them; nor is pkg-config asked, which would tell it, and which knows where libxml2's headers lie.
#if os(Linux) && arch(x86_64)
  let loadsLate = true
  let headers: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-I/usr/include/libxml2"])]
#else
  let loadsLate = false
  let headers: [SwiftSetting] = []
#endif

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ optimised: [SwiftSetting] = optimised
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: optimised + headers)
}

func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(room)Tests", dependencies: [.init(stringLiteral: room), "Support"] + dependencies, swiftSettings: headers)
}

let package = Package(
  name: "appliance",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "3.12.3"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CCurl", pkgConfig: loadsLate ? nil : "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: loadsLate ? nil : "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CXML", pkgConfig: loadsLate ? nil : "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: loadsLate ? nil : "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    room("Market"),
    room("Threads"),
    .target(name: "CLate"),
    room(
      "Formats",
      [
        "Market", "Threads", "CArchive", "CXML", "CZstd", "CLate", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "_CryptoExtras", package: "swift-crypto"),
      ], whollyOptimised),
    room("Transport", ["Market", "Threads", "CCurl", "CLate"]),
    room("Providers", ["Market", "Formats"]),
    room("FlatFiles", ["Market", "Formats"]),
    room("Metrics", ["Market", "Threads"]),
    room("Rendering", ["Market", "Metrics"]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    room("Schema", ["Market"]),
    room(
      "SQLite",
      [
        "Market", "CSQLite", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room("Newsdesk", ["Market", "Schema", "SQLite", .product(name: "GRDB", package: "GRDB.swift")]),
    room(
      "Store",
      [
        "Market", "Formats", "Metrics", "Newsdesk", "SQLite", "Schema", "CSQLite",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room(
      "Datasets",
      ["Market", "Metrics", "CSQLite", "Schema", "SQLite", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Queries", ["Market", "Threads", "Formats", "CSQLite", "Schema", "SQLite", "Store", "Datasets"]),
    room(
      "Following",
      [
        "Market", "Formats", "Metrics", "Newsdesk", "Rendering", "Schema", "SQLite", "Store",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    room(
      "Pipeline", ["Market", "Threads", "Formats", "Metrics", "Schema", "SQLite", "Datasets", "Store", "Following"]),
    room("Backups", ["Market", "Threads", "Formats", "Rendering", "Schema", "SQLite", "Datasets", "Store"]),
    room("Retention", ["Market", "SQLite", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Telling", ["Market", "Schema", "SQLite", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Provenance", ["Market", "Formats", "Metrics", "Rendering", "SQLite", "Store", "Telling"]),
    .target(
      name: "seeds", dependencies: ["Formats", "Market"], path: "seeds",
      exclude: ["demo_sessions.py", "demo_world.py", "make_demo_capture.py"], swiftSettings: optimised + headers),
    .target(name: "CBuild", cSettings: [.define("APPLIANCE_COMMIT", to: "\"\(commit)\"")]),
    .target(name: "CStart"),
    room("Health", ["Market", "Metrics", "Backups", "Rendering", "Schema", "SQLite", "Store"]),
    room(
      "Reports",
      [
        "Market", "Formats", "Metrics", "Rendering", "Schema", "Health", "Provenance", "SQLite", "Datasets", "Store",
        "Telling", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room(
      "Narrative",
      [
        "Market", "Threads", "Formats", "Rendering", "Schema", "SQLite", "Store", "Pipeline", "Provenance",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room(
      "Commands",
      [
        "Narrative", "Market", "Threads", "Formats", "Transport", "FlatFiles", "Metrics", "Rendering", "Schema",
        "SQLite",
        "Datasets", "Store", "Retention", "Following", "Queries",
        "Pipeline", "Backups", "CStart",
        "Health", "Telling", "Provenance", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    room(
      "Watchlist",
      [
        "Market", "Formats", "Rendering", "Store", "Following", "Commands",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    room(
      "Markets",
      [
        "Market", "Newsdesk", "Formats", "Metrics", "Rendering", "Datasets", "Store", "Telling", "Following",
        "Commands",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    room(
      "Inspection",
      [
        "Market", "Metrics", "Rendering", "Schema", "SQLite", "Datasets", "Store", "Threads", "Following", "Pipeline",
        "Health",
        "Reports", "Commands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    room(
      "Analysis",
      [
        "Market", "Formats", "Metrics", "Rendering", "Schema", "Datasets", "Store", "Telling", "Commands",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    room(
      "Reporting",
      [
        "Market", "Formats", "Rendering", "Store", "Reports", "Commands",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    room(
      "Writing",
      [
        "Market", "Rendering", "Pipeline", "Store", "Reports", "Narrative", "Commands",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "appliance",
      dependencies: [
        "Commands", "Watchlist", "Markets", "Analysis", "Reporting", "Inspection", "Writing", "Market", "Formats",
        "Transport", "Providers",
        "FlatFiles",
        "Queries",
        "seeds",
        "CBuild",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: optimised + headers),
    .target(
      name: "Support", dependencies: ["Market", "Formats", "seeds"], path: "Tests/Support",
      exclude: ["Calendars", "Records"],
      swiftSettings: headers),
    .executableTarget(
      name: "bench", dependencies: ["Market", "Metrics", "Providers", "Store", "Pipeline", "Threads", "Support"],
      path: "Tests/Bench",
      swiftSettings: optimised + headers),
    .executableTarget(
      name: "fuzz", dependencies: ["Market", "Formats", "Transport", "Providers", "FlatFiles", "Backups", "Support"],
      path: "Tests/Fuzz", swiftSettings: headers),
    tests("Market"),
    tests("Formats", ["Market", "Threads", "seeds"]),
    tests("Transport", ["Market", "Threads"]),
    tests("Threads"),
    tests("Newsdesk", ["Market"]),
    tests("Providers", ["Market", "Formats"]),
    tests("FlatFiles", ["Market", "Formats"]),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics", "Support", "Market", "Providers"], exclude: ["Golden"],
      swiftSettings: headers),
    .testTarget(
      name: "RenderingTests", dependencies: ["Rendering", "Support", "Market", "Metrics"], exclude: ["Golden"],
      swiftSettings: headers),
    tests(
      "Backups",
      ["Market", "Formats", "Rendering", "Schema", "SQLite", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "Support", "CSQLite", "Formats", "Datasets", "Market", "Metrics", "Pipeline", "Provenance",
        "Providers",
        "Rendering", "Schema", "SQLite", "Store", "Telling",
      ],
      exclude: ["Golden"], swiftSettings: headers),
    tests(
      "Store",
      [
        "Datasets", "Market", "Formats", "Metrics", "Queries", "Retention", "Schema", "SQLite", "Telling",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      "Pipeline",
      [
        "Datasets", "Market", "Backups", "Following", "Formats", "FlatFiles", "Metrics", "Provenance", "Providers",
        "Rendering",
        "Retention",
        "Schema",
        "SQLite",
        "Store",
        "Telling",
        "Threads",
        "seeds",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("Following", ["Market", "Store", "seeds"]),
    tests(
      "Narrative",
      [
        "Market", "Formats", "Rendering", "SQLite", "Store", "Transport", "seeds",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("Health", ["Market", "Backups", "SQLite", "Store"]),
    tests(
      "Commands",
      [
        "Market", "Markets", "Formats", "Health", "Pipeline", "SQLite", "Store", "Transport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "HouseTests", dependencies: ["Support"]),
    // Runs the built program as a child; the dependency on it has it built.
    .testTarget(
      name: "ApplianceTests",
      dependencies: [
        "appliance", "Support", "Formats", "Market", "Providers", "Queries", "Rendering", "Schema", "SQLite", "Store",
        "Threads",
        "Transport",
        "CSQLite", "seeds",
      ],
      exclude: ["Golden", "Status/Golden"], swiftSettings: headers),
    .testTarget(
      name: "TortureTests",
      dependencies: [
        "appliance", "fuzz", "CSQLite", "Support", "Market", "Pipeline", "Providers", "Schema", "Store", "Threads",
        "Transport", "seeds",
      ],
      exclude: ["Golden"], swiftSettings: headers),
  ],
  swiftLanguageModes: [.v6]
)
