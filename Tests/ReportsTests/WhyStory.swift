import Datasets
import Market
import Rendering
import Schema
import Store

/// Three runs over four days in which every provider changes its mind about something.
enum WhyStory {
  static let friday = Told.friday
  static let firstHour = (friday - 8).start
  /// The hour whose close is restated twice.
  static let movedHour = (friday - 1).start + 10 * 3600

  /// Instants after each run, before the next.
  static let after = ["2025-09-19T12:45:00Z", "2025-09-20T14:45:00Z", "2025-09-23T12:45:00Z"]

  /// - Parameter told: called after each run with its number.
  static func tell(_ record: WhyRecord, _ told: (Int) throws -> Void = { _ in }) async throws {
    let unreported = [friday - 1: ["-", "-", "0.0"]]
    try await record.run(
      at: "2025-09-19T12:30:00Z",
      [
        Told.klines(from: firstHour, hours: 204), Told.kraken(from: friday.start, hours: 12),
        Told.chart(from: friday.start, hours: 12), Told.index(through: friday, days: 12),
        Told.page(through: friday - 1, days: 20, cells: unreported),
      ])
    try told(0)
    let moved = [movedHour: "115111.50000000"]
    try await record.run(
      at: "2025-09-20T14:30:00Z",
      [
        Told.klines(from: (friday - 2).start, hours: 86, restated: moved),
        Told.index(through: friday + 1, days: 4, restated: [friday - 1: 11]),
        Told.page(through: friday, days: 20),
      ])
    try told(1)
    let movedAgain = [movedHour: "115222.75000000"]
    try await record.run(
      at: "2025-09-23T12:30:00Z",
      [
        Told.klines(from: (friday - 2).start, hours: 156, restated: movedAgain),
        Told.index(through: friday + 4, days: 6, restated: [friday - 1: 11]),
        Told.page(through: friday + 3, days: 20, cells: [friday - 2: ["99.0", "(2.5)", "96.5"]]),
      ])
    try told(2)
  }
}

/// All rows of the datasets of a file as CSV, by name.
func exported(_ store: Store) throws -> [String: String] {
  try store.datasets.read { reader in
    var texts: [String: String] = [:]
    for dataset in NamedDataset.all {
      let encoder = RowFormat.csv.encoder(table: dataset.name)
      encoder.begin(dataset.columns.map { Column($0.name, .text) })
      var text = ""
      let rows = EncodedRows(encoder) { text += String(decoding: $0, as: UTF8.self) }
      _ = try reader.rows(of: dataset, into: rows)
      try rows.finish()
      texts[dataset.name] = text
    }
    return texts
  }
}
