import ArgumentParser
import Datasets
import Market
import Rendering
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
    return (
      prices.dataset,
      RestatementText.remarks(unheeded: prices.unheeded.mapValues { $0.map(\.day) }, unknown: prices.unknown)
    )
  }
}
