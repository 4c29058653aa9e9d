import Market
import Store

/// Which series of an archive are wanted, where not the whole file is.
struct RestoredPart: Sendable {
  /// `nil` for every table of facts.
  let tables: Set<Dataset>?
  /// Symbols; `nil` for all series, those about no asset too.
  let assets: Set<String>?

  /// - Parameters:
  ///   - tables: names of tables, as they were given.
  ///   - assets: symbols, as they were given.
  init(tables: [String], assets: [String]) throws {
    self.tables = try tables.isEmpty ? nil : Set(tables.map(RestoredPart.table))
    self.assets = assets.isEmpty ? nil : Set(assets.map { $0.uppercased() })
  }

  private static func table(_ name: String) throws -> Dataset {
    let spelled = name.lowercased().map { $0 == "-" ? "_" : String($0) }.joined()
    if let dataset = Dataset(rawValue: spelled), Kinds.standard[dataset] != nil { return dataset }
    let all = Kinds.standard.all.map(\.dataset.rawValue).joined(separator: ", ")
    throw Failure(
      .usage,
      "--table: '\(name)' is not brought back by itself; what can be is \(all). The rest is computed from these: "
        + "`appliance rebuild`")
  }

  func holds(_ series: StoredSeries) -> Bool {
    guard series.count > 0, tables?.contains(series.key.dataset) ?? true else { return false }
    return assets.map { wanted in series.asset.map(wanted.contains) ?? false } ?? true
  }

  /// The series of an archive that are wanted.
  ///
  /// - Throws: a failure that says what there is, where there is none.
  func series(in archive: Store) throws -> [StoredSeries] {
    let all = try archive.catalogue.series()
    let wanted = all.filter(holds)
    guard wanted.isEmpty else { return wanted }
    let there = Set(
      all.filter { $0.count > 0 }.map { "\($0.key.dataset.rawValue) \($0.asset ?? $0.key.providerSymbol)" })
    throw Failure(
      .failed,
      "the archive holds nothing of that; it has \(there.isEmpty ? "no facts" : there.sorted().joined(separator: ", "))"
    )
  }
}
