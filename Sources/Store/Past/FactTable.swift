import GRDB
import Market

/// A table of facts as a trace reads it: its key, its figures, and the tables that keep what a later answer replaced.
struct FactTable {
  let dataset: Dataset
  /// The column of the key within a series.
  let key: String
  /// Whether a key holds one row a fund.
  let isByFund: Bool
  /// Tables of the same columns that also say by which fetch and when a row was replaced.
  let histories: [String]

  static let all = Dataset.allCases.map(FactTable.init)

  init(_ dataset: Dataset) {
    self.dataset = dataset
    switch dataset {
    case .bar: key = "open_time"
    case .pricePoint: key = "at"
    case .sentiment, .etfFlow: key = "day"
    }
    isByFund = dataset == .etfFlow
    histories = ["\(dataset.rawValue)_restatement"] + (dataset == .etfFlow ? ["etf_flow_provisional"] : [])
  }

  var name: String { dataset.rawValue }
  /// The figures, as columns.
  var values: [String] { dataset.fields.map(\.rawValue) }
  /// The whole key, as columns.
  var keys: [String] { ["series_id", key] + (isByFund ? ["etf_id"] : []) }
  var isDaily: Bool { key == "day" }

  /// How many rows there are, and the first and the last key as epoch seconds: what `series` keeps of them.
  var counters: String {
    let ends = ["min(\(key))", "max(\(key))"].map { isDaily ? "CAST(strftime('%s', \($0)) AS INTEGER)" : $0 }
    return (["count(*)"] + ends).joined(separator: ", ")
  }

  /// A key as the column holds it.
  func keyValue(_ at: Instant) -> any DatabaseValueConvertible { isDaily ? at.day.description : at.epochSeconds }

  func instant(ofKey value: DatabaseValue) throws -> Instant {
    if let seconds = Int64.fromDatabaseValue(value) { return Instant(epochSeconds: seconds) }
    guard let day = String.fromDatabaseValue(value).flatMap({ Day($0) }) else {
      throw StoreError.corrupt(path: name, detail: "'\(value)' is no \(key)")
    }
    return day.start
  }

  /// The figures of a row, in the order of the columns.
  func figures(_ row: Row) -> [FigureValue] {
    dataset.fields.map { field in
      switch field {
      case .classification: (row[field.rawValue] as String?).map(FigureValue.text) ?? .absent
      case .netFlowUSD, .netAssetsUSD: (row[field.rawValue] as Int64?).map(FigureValue.whole) ?? .absent
      default: (row[field.rawValue] as Double?).map(FigureValue.number) ?? .absent
      }
    }
  }
}
