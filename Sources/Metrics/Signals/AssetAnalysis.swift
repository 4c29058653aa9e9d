import Market

/// What the rules say of an asset at the end of a day, in figures and in words.
///
/// Edition 1: trend, momentum, levels and regime as `AssetSignals` has them, from the last 400 daily bars, restated for
/// splits. Averages without end differ from those over a longer history by less than 1e-12 of their value then.
package struct AssetAnalysis: Hashable, Sendable {
  /// The rules by which it is made; to be raised where the same bars would give something else.
  package static let edition: Int64 = 1
  /// At most so many of the last bars are looked at.
  package static let reach: Int64 = 400

  /// What the rules say.
  package let signals: AssetSignals
  /// The last close.
  package let close: Double
  /// How many bars it is made of.
  package let bars: Int

  /// - Parameter bars: of days of one series, oldest first; no more than the last `reach` are taken.
  /// - Returns: `nil` without a bar.
  package init?(_ bars: [Bar]) {
    let bars = bars.suffix(Int(Self.reach))
    guard let last = bars.last else { return nil }
    signals = AssetSignals(bars)
    close = last.close
    self.bars = bars.count
  }

  /// Sentences with its figures; prices are in the currency of the series, which they do not name.
  package var text: String { text { RuleWords.price($0) } }

  /// The same sentences.
  ///
  /// - Parameter price: how a price is written.
  package func text(_ price: (Double) -> String) -> String {
    let bars = "\(bars) daily bar\(bars == 1 ? "" : "s")"
    return [
      trendWords(price(close)), momentumWords, levelWords(price), "By rule \(Self.edition), from \(bars); not advice.",
    ].compactMap { $0 }.joined(separator: " ")
  }

  private func trendWords(_ price: String) -> String {
    let close = "Closed at \(price)"
    return switch signals.trend {
    case .bullish: "\(close), above the mean of 50 closes, and that above the mean of 200: Bullish."
    case .bearish: "\(close), below the mean of 50 closes, and that below the mean of 200: Bearish."
    case .neutral: "\(close); the close and the means of 50 and 200 closes are in no one order: Neutral."
    case nil: "\(close); for a trend there are fewer than 200 bars."
    }
  }

  private var momentumWords: String? {
    guard let momentum = signals.momentum else { return nil }
    let regime = signals.regime.map { "; \($0.rawValue.lowercased())" } ?? ""
    return "Momentum \(RuleWords.fixed(momentum, 0)) of 100\(regime)."
  }

  private func levelWords(_ price: (Double) -> String) -> String? {
    let levels = [
      signals.support.map { "support \(price($0))" }, signals.resistance.map { "resistance \(price($0))" },
    ].compactMap { $0 }
    guard let first = levels.first else { return nil }
    return first.prefix(1).uppercased() + ([String(first.dropFirst())] + levels.dropFirst()).joined(separator: ", ")
      + "."
  }
}
