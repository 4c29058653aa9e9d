/// What a person says of a file of facts: what it is about and how it is to be read.
///
/// Together with the bytes it is all that a reading needs, so that the file gives the same rows years later.
package struct ImportOrder: Hashable, Sendable {
  /// What its rows are.
  package var dataset: Dataset
  /// Symbol of the asset; `nil` for an index of a whole market.
  package var asset: String?
  /// Decides the calendar of bars; `nil` where the rows are about no asset.
  package var assetClass: AssetClass?
  /// The length of its bars; a day for facts that come by day.
  package var interval: Interval
  /// A layout by name (`bitfinex`, `lean`); `nil` to find it out from the file.
  package var layout: String?
  /// Name in the tz database (`America/New_York`) of times that bear no offset.
  package var timeZone: String?
  /// `nil` to find it out from the file.
  package var dateOrder: DateOrder?
  /// Fields and their columns, by name or 1-based number, as they were told.
  package var columns: [ColumnChoice]
  /// Whether the comma is the decimal point of amounts.
  package var decimalComma: Bool
  /// Whether the point was told to be it, for a file whose numbers do not tell.
  package var decimalPoint: Bool
  /// Whether a bar is stamped with the instant at which it ends.
  package var stampsEnd: Bool
  /// Whether bars without a volume are taken, with a volume of 0.
  package var takesNoVolume: Bool
  /// What the flows of a table are counted in, in dollars; `nil` to go by its header.
  package var unit: Int64?
  /// Columns and what they say in the rows that are taken, as they were told: `asset_id=6`.
  package var wanted: [WantedCell]
  /// Columns that are passed over, by their names or 1-based numbers.
  package var skippedColumns: [String]
  /// By which rules a file is held against what it says of itself: those of the program that imported it.
  package var edition: Int
  /// What was found out about the file when it was imported; empty where nothing was looked at yet.
  package var findings: FileFindings

  /// The rules of this program. Files imported before editions were noted are of edition 1.
  package static let currentEdition = Reading.edition

  /// What comes first in `02/01/2025`, and in `24-01-02`.
  package enum DateOrder: String, CaseIterable, Hashable, Sendable { case dmy, mdy, ymd }

  /// A field of a row and the column that holds it, as the user told them.
  package struct ColumnChoice: Hashable, Sendable {
    /// What the column means: `time`, `open`, `volume`.
    package let field: String
    /// Its name in the header, or its number from 1.
    package let column: String

    /// A field and the column that holds it, neither checked yet.
    package init(field: String, column: String) {
      self.field = field
      self.column = column
    }
  }

  /// What a column says in the rows that are taken.
  package struct WantedCell: Hashable, Sendable {
    /// Its name in the header, or its number from 1.
    package let column: String
    /// What the cell says, whatever its case.
    package let value: String

    /// `asset_id=6`, `Coin name=Ether`; `nil` without both sides.
    package init?(_ text: String) {
      let sides = text.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      column = String(sides[0])
      value = String(sides[1])
    }
  }

  /// An order; what is left out is found out from the file, or is as most files have it.
  package init(
    dataset: Dataset, asset: String?, assetClass: AssetClass?, interval: Interval, layout: String? = nil,
    timeZone: String? = nil, dateOrder: DateOrder? = nil, columns: [ColumnChoice] = [], decimalComma: Bool = false,
    decimalPoint: Bool = false, stampsEnd: Bool = false, takesNoVolume: Bool = false, unit: Int64? = nil,
    wanted: [WantedCell] = [], skippedColumns: [String] = [], edition: Int = ImportOrder.currentEdition,
    findings: FileFindings = FileFindings()
  ) {
    self.dataset = dataset
    self.asset = asset
    self.assetClass = assetClass
    self.interval = interval
    self.layout = layout
    self.timeZone = timeZone
    self.dateOrder = dateOrder
    self.columns = columns
    self.decimalComma = decimalComma
    self.decimalPoint = decimalPoint
    self.stampsEnd = stampsEnd
    self.takesNoVolume = takesNoVolume
    self.unit = unit
    self.wanted = wanted
    self.skippedColumns = skippedColumns
    self.edition = edition
    self.findings = findings
  }
}

extension ImportOrder {
  /// Whether its days are those of a market with sessions, where a daily bar is keyed by its session date.
  package var hasSessions: Bool { assetClass != .crypto }

  /// Whether the file was looked at when it was imported: it is read by what was found then, and no evidence is judged
  /// again.
  package var isSettled: Bool { edition > 1 && !findings.isEmpty }

  /// Whether the file is held against its own evidence: one that is being imported, and never one that is read again, by
  /// whatever edition it was imported.
  package var judgesEvidence: Bool { edition > 1 && findings.isEmpty }

  /// The order as a question that stands with the file in the vault; the reverse of `init(query:)`.
  package var query: [QueryItem] {
    var items = [QueryItem("dataset", dataset.rawValue), QueryItem("interval", interval.rawValue)]
    func add(_ name: String, _ value: String?) {
      if let value { items.append(QueryItem(name, value)) }
    }
    add("asset", asset)
    add("class", assetClass?.rawValue)
    add("layout", layout)
    add("time-zone", timeZone)
    add("date-order", dateOrder?.rawValue)
    for choice in columns { add("map", "\(choice.field)=\(choice.column)") }
    if decimalComma { add("decimal-comma", "1") }
    if decimalPoint { add("decimal-point", "1") }
    if stampsEnd { add("stamps-end", "1") }
    if takesNoVolume { add("no-volume", "1") }
    add("unit", unit.map(String.init))
    for cell in wanted { add("where", "\(cell.column)=\(cell.value)") }
    for column in skippedColumns { add("skip-column", column) }
    if edition > 1 { add("edition", String(edition)) }
    return items + findings.query
  }

  /// `nil` when the items are no order.
  package init?(query: [QueryItem]) {
    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
    guard let dataset = value("dataset").flatMap(Dataset.init(rawValue:)),
      let interval = value("interval").flatMap(Interval.init(rawValue:))
    else { return nil }
    self.init(
      dataset: dataset, asset: value("asset"), assetClass: value("class").flatMap(AssetClass.init(rawValue:)),
      interval: interval, layout: value("layout"), timeZone: value("time-zone"),
      dateOrder: value("date-order").flatMap(DateOrder.init(rawValue:)),
      columns: query.filter { $0.name == "map" }.compactMap { ColumnChoice($0.value) },
      decimalComma: value("decimal-comma") != nil, decimalPoint: value("decimal-point") != nil,
      stampsEnd: value("stamps-end") != nil, takesNoVolume: value("no-volume") != nil,
      unit: value("unit").flatMap { Int64($0) },
      wanted: query.filter { $0.name == "where" }.compactMap { WantedCell($0.value) },
      skippedColumns: query.filter { $0.name == "skip-column" }.map(\.value),
      edition: value("edition").flatMap { Int($0) } ?? 1, findings: FileFindings(query: query))
  }
}

extension ImportOrder.ColumnChoice {
  /// `open=2`, `time=Open Time`; `nil` without both sides.
  package init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1)
    guard sides.count == 2 else { return nil }
    self.init(field: sides[0].lowercased(), column: String(sides[1]))
  }
}
