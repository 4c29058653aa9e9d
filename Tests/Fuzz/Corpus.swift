import Foundation
import Support

extension FuzzTarget {
  /// Longer payloads would make every step slow and teach nothing more.
  private static let longest = 1 << 16

  /// The hand-made seeds, and the recorded answers where they are at hand.
  var corpus: [[UInt8]] {
    guard let payloads, let folder = MarketData.folder else { return seeds }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(payloads)")) ?? []
    return seeds
      + names.sorted().compactMap { MarketData.bytes("\(payloads)/\($0)") }
      .filter { (1...FuzzTarget.longest).contains($0.count) }
  }
}
