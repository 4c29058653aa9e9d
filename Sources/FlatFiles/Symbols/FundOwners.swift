import Formats
import Market

/// Which funds of a table hold the asset that was asked for: a known one belongs to its asset, whatever was asked.
struct FundOwners {
  private let asset: String?
  /// Tickers of the funds that are known to hold the asset; `nil` where nothing is known.
  private let own: Set<String>?
  /// The assets of all others that are known, by ticker.
  private let others: [String: String]

  private static let finding = "other-funds"

  init(_ order: ImportOrder, knowing knowledge: FileKnowledge?) {
    asset = order.asset
    guard let knowledge, !order.isSettled else {
      own = nil
      let pairs = (order.findings[FundOwners.finding] ?? "").split(separator: " ").compactMap { pair in
        let sides = pair.split(separator: ":")
        return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
      }
      others = Dictionary(pairs) { first, _ in first }
      return
    }
    own = Set(knowledge.funds.filter { $0.asset == order.asset }.map(\.ticker))
    others = Dictionary(knowledge.funds.filter { $0.asset != order.asset }.map { ($0.ticker, $0.asset) }) {
      first, _ in first
    }
  }

  /// Every fund that is known, whatever it holds.
  var known: Set<String> { (own ?? []).union(others.keys) }

  /// The other asset that a fund is known to hold; `nil` for one of the asset, and for one that nobody knows.
  func otherOwner(of ticker: String) -> String? { others.isEmpty ? nil : others[ticker.uppercased()] }

  /// Puts what is known into an order that is stored.
  func settle(_ order: inout ImportOrder) {
    order.findings[FundOwners.finding] =
      others.isEmpty ? nil : others.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " ")
  }

  /// - Throws: where most funds of a table are none that hold the asset.
  func check(_ plan: ColumnPlan, _ rows: [[String]]) throws(FileRefusal) {
    guard let own else { return }
    guard !own.isEmpty else {
      throw FileRefusal("no funds are known that hold \(asset ?? "?")", hint: "Flows are kept for BTC and ETH")
    }
    let inRows = rows.compactMap { row in plan[.ticker].flatMap { $0 < row.count ? row[$0] : nil } }
    let tickers = plan.funds.isEmpty ? Set(inRows.filter { !FlowEvidence.isTotal($0) }) : Set(plan.funds.values)
    let left = tickers.filter { otherOwner(of: $0) == nil }
    if left.count(where: own.contains) * 2 >= left.count, !left.isEmpty || tickers.isEmpty { return }
    let few = Excerpt.of(tickers.sorted().prefix(6).joined(separator: ", "), limit: 80)
    let owners = Set(tickers.compactMap(otherOwner)).sorted()
    throw FileRefusal(
      left.isEmpty
        ? "its funds (\(few)) hold \(owners.joined(separator: ", ")), and not \(asset ?? "?")"
        : "most of its funds (\(few)) are none that hold \(asset ?? "?")",
      hint: left.isEmpty
        ? "Import them as what they are: --asset \(owners.joined(separator: " or --asset "))"
        : "The funds known are \(own.sorted().joined(separator: ", "))")
  }
}
