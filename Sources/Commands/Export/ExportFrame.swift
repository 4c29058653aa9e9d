import Datasets
import Formats
import Rendering
import Schema
import Store

/// What stands around the datasets of one script, and their order in it.
struct ExportFrame {
  let datasets: [NamedDataset]
  let isPostgres: Bool
  /// Whether every row is there, so that all that is referred to is there too.
  private let isWhole: Bool

  init(_ datasets: [NamedDataset], isPostgres: Bool, isWhole: Bool) {
    self.datasets = isPostgres ? NamedDataset.inOrderOfReference(datasets) : datasets
    self.isPostgres = isPostgres
    self.isWhole = isWhole
  }

  /// Writes the opening, what `body` writes, and the closing.
  func write<T>(to sink: any ByteSink, _ body: () throws -> T) throws -> T {
    guard isPostgres else { return try body() }
    try sink.write(PostgresScript.opening)
    let result = try body()
    try sink.write(PostgresScript.closing(isWhole ? references : []))
    return result
  }

  private var references: [PostgresScript.Reference] {
    let names = Set(datasets.map(\.name))
    return datasets.flatMap { dataset in
      dataset.references.filter { names.contains($0.dataset) }.map {
        PostgresScript.Reference(dataset.name, $0.column, to: $0.dataset, $0.key)
      }
    }
  }
}
