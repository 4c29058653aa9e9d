import FlatFiles
import Market
import Rendering

/// The series of a table that `export` wrote, and which of them are taken.
struct ExportedGroups {
  /// The rows of a series.
  struct Group {
    enum Fate {
      /// By the interval of its bars and what the columns say in its rows.
      case taken(Interval, [ImportOrder.WantedCell])
      case leftOut(String)
      case refused(String)
    }
    let name: String
    let asset: String?
    let source: String?
    let rows: Int
    let fate: Fate
  }

  let groups: [Group]

  /// - Throws: where the interval can neither be found nor was told.
  init(_ table: ExportedTable, _ options: ImportCommand, _ funds: [Fund]) throws {
    groups =
      switch table.kind {
      case .flows: ExportedGroups.flows(table, options, funds)
      default: try table.parts.map { try ExportedGroups.group($0.part, $0.rows, table, options) }
      }
  }

  private static func cells(_ pairs: [(String, String?)]) -> [ImportOrder.WantedCell] {
    pairs.compactMap { column, value in
      value.flatMap { $0.isEmpty ? nil : ImportOrder.WantedCell("\(column)=\($0)") }
    }
  }

  private static func group(
    _ part: ExportedTable.Part, _ rows: Int, _ table: ExportedTable, _ options: ImportCommand
  ) throws -> Group {
    let name = [part.source, part.symbol, part.interval].compactMap { $0 }.joined(separator: " ")
    let title = name.isEmpty ? (table.kind == .bars ? "bars" : "sentiment") : name
    func group(_ fate: Group.Fate) -> Group {
      Group(name: title, asset: part.asset, source: part.source, rows: rows, fate: fate)
    }
    let cells = cells([
      ("asset", part.asset), ("source", part.source), ("provider_symbol", part.symbol), ("interval", part.interval),
    ])
    guard table.kind == .bars else { return group(.taken(.day1, cells)) }
    guard let asset = part.asset, !asset.isEmpty else { return group(.refused("they name no asset")) }
    if let told = options.asset, told.uppercased() != asset { return group(.leftOut("not of \(told.uppercased())")) }
    if let told = options.interval, let own = part.interval, told != own { return group(.leftOut("not of \(told)")) }
    if let own = part.interval {
      guard let interval = Interval(rawValue: own) else { return group(.refused("'\(own)' is no interval")) }
      return group(.taken(interval, cells))
    }
    guard let interval = options.interval.flatMap(Interval.init(rawValue:)) ?? table.spacing(of: part) else {
      throw Failure(
        .usage, "\(shown(options.fileName)): its rows do not tell how long a bar is; say --interval, such as 1h")
    }
    return group(.taken(interval, cells))
  }

  /// A fund that is known belongs to its asset; another one to the asset that the row or the flag says.
  private static func flows(_ table: ExportedTable, _ options: ImportCommand, _ funds: [Fund]) -> [Group] {
    struct Name: Hashable {
      let asset: String?
      let source: String?
    }
    let owners = Dictionary(funds.map { ($0.ticker, $0.asset) }) { first, _ in first }
    let told = options.asset?.uppercased()
    let byName = Dictionary(grouping: table.parts) { entry in
      Name(asset: owners[entry.part.ticker ?? ""] ?? entry.part.asset ?? told, source: entry.part.source)
    }
    return byName.sorted { ($0.key.asset ?? "", $0.key.source ?? "") < ($1.key.asset ?? "", $1.key.source ?? "") }
      .map { name, entries in
        let rows = entries.reduce(0) { $0 + $1.rows }
        let tickers = Set(entries.compactMap(\.part.ticker)).sorted()
        let cells = cells(tickers.map { ("ticker", $0) } + [("source", name.source)])
        let fate: Group.Fate =
          if let asset = name.asset {
            told.map { $0 == asset } ?? true ? .taken(.day1, cells) : .leftOut("funds of \(asset)")
          } else {
            .refused("funds that are not known: \(tickers.joined(separator: ", ")); --asset says what they hold")
          }
        return Group(name: name.source ?? "flows", asset: name.asset, source: name.source, rows: rows, fate: fate)
      }
  }
}
