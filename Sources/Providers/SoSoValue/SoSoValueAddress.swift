import Formats
import Market

/// What to ask SoSoValue. Current generation: `/etfs/summary-history` and `/etfs/{ticker}/history`, the last month only.
/// Older generation: a chart of some 300 days by POST.
enum SoSoValueAddress {
  struct Question: Hashable {
    let asset: String
    /// `EtfFlow.total` where the answer is about all funds together.
    let ticker: String
    /// How many of the newest rows were asked for; `nil` where the request does not say.
    var limit: Int?
  }

  static let assets: Set<String> = ["btc", "eth"]
  private static let chartPath = "/openapi/v2/etf/historicalInflowChart"
  /// The funds that hold ether; of those that answers name, all others hold bitcoin.
  private static let etherFunds: Set<String> = [
    "ETHA", "ETHB", "FETH", "ETHW", "CETH", "TETH", "ETHV", "QETH", "EZET", "ETHE", "ETH",
  ]

  static func summary(of asset: String, limit: Int) -> Request {
    Request(
      provider: SoSoValue.name, path: "/etfs/summary-history",
      query: [
        QueryItem("symbol", asset.uppercased()), QueryItem("country_code", "US"), QueryItem("limit", "\(limit)"),
      ],
      maximumBytes: 2 << 20)
  }

  static func history(ofFund ticker: String, limit: Int) -> Request {
    Request(
      provider: SoSoValue.name, path: "/etfs/\(ticker)/history", query: [QueryItem("limit", "\(limit)")],
      maximumBytes: 2 << 20)
  }

  static func chart(of asset: String) -> Request {
    Request(
      provider: SoSoValue.name, method: .post, path: chartPath,
      headers: [HeaderField("content-type", "application/json")],
      body: Array(#"{"type":"us-\#(asset)-spot"}"#.utf8), maximumBytes: 2 << 20)
  }

  static func asset(ofFund ticker: String) -> String {
    etherFunds.contains(ticker) ? "eth" : "btc"
  }

  static func question(in request: Request) -> Question? {
    if request.path == chartPath {
      let asset = assets.sorted().first { JSONCursor.text(at: ["type"], in: request.body) == "us-\($0)-spot" }
      return asset.map { Question(asset: $0, ticker: EtfFlow.total) }
    }
    if request.path == "/etfs/summary-history" {
      let asset = request.queryValue("symbol").map { $0.lowercased() }
      return asset.flatMap {
        assets.contains($0) ? Question(asset: $0, ticker: EtfFlow.total, limit: limit(in: request)) : nil
      }
    }
    let parts = request.path.split(separator: "/")
    guard parts.count == 3, parts[0] == "etfs", parts[2] == "history" else { return nil }
    return Question(asset: asset(ofFund: String(parts[1])), ticker: String(parts[1]), limit: limit(in: request))
  }

  private static func limit(in request: Request) -> Int? { request.queryValue("limit").flatMap { Int($0) } }
}
