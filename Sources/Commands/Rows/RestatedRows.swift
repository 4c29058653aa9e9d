import ArgumentParser
import Market
import Schema
import Store

extension Adjustment: ExpressibleByArgument {}

extension RowArguments {
  /// The dataset with its prices as `--adjust` wants them, and what people should know of that.
  func restated(
    _ dataset: NamedDataset, assets: [String]?, _ store: Store, at now: Instant
  ) throws -> (dataset: NamedDataset, remarks: [String]) {
    guard let adjust else { return (dataset, []) }
    guard dataset.holdsBars else {
      throw Failure(
        .usage, "--adjust restates bars, and the rows of \(dataset.name) are none; name an asset, or the dataset bar")
    }
    let prices = try store.datasets.restated(dataset, adjust, assets: assets, today: now.day)
    var remarks = prices.unheeded.sorted { $0.key < $1.key }.map { asset, acts in
      let days = acts.map(\.day).sorted()
      return "\(asset): money is left out that no close can be held against, of \(days[0])"
        + (days.count > 1 ? " and \(days.count - 1) more" : "")
    }
    if !prices.unknown.isEmpty {
      remarks.append(
        "no splits or dividends are known of \(prices.unknown.joined(separator: ", ")): prices there are as stored")
    }
    return (prices.dataset, remarks)
  }
}
