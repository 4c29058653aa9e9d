import Market
import Store

/// A series and how it stands against what was due.
package struct SeriesState: Sendable {
  /// How it stands; the raw value is for programs.
  package enum Standing: String, Sendable {
    case onTime = "on_time"
    case late
    /// Nothing is stored of it although it is asked for.
    case empty
    /// Another series answers in its place.
    case standby
    /// Its provider wants a key and there is none.
    case notConfigured = "not_configured"
    /// It, its asset or its source was taken away by the user.
    case notAsked = "not_asked"
    /// Nobody says when its facts are due: it was imported.
    case unscheduled
  }

  /// What is stored of it.
  package let series: StoredSeries
  /// `nil` where nothing is missing.
  package let gaps: GapCounts?
  /// How it stands at the instant asked about.
  package let standing: Standing
  /// The newest key that should be there by now; `nil` where nothing is due.
  package let due: Instant?
  /// Keys between the newest one stored and the one due.
  package let behind: Int
  /// The samples that stand in for its bars, of which nothing is stored; `nil` where there are none.
  package let samples: StoredSeries?
  /// The instant since which it was not asked for with success although its provider is likely to have published something
  /// since; `nil` where that is not what is wrong.
  private let unlookedSince: Instant?
  /// The newest key stored; of items without a date, when the newest of them came.
  let reach: Instant?
  /// When its last step failed, in a run before the last one; `nil` where it did not.
  let failedAt: Instant?

  /// Whether somebody should look at it.
  package var isTroubled: Bool { isLate || failedAt != nil || (answers && (gaps?.missing ?? 0) > 0) }
  /// Whether something that was due is not there.
  package var isLate: Bool { standing == .late || standing == .empty }
  /// Whether it is what the appliance answers with.
  package var answers: Bool { isLate || standing == .onTime }

  /// - Parameters:
  ///   - profile: of its provider; `nil` for one that is never asked.
  ///   - isAnswering: whether it is the series that should be up to date for its asset.
  ///   - samples: of its asset, of another source.
  ///   - looked: when it was last asked for with success, where it goes by that.
  ///   - news: what is known of feeds and of questions for news.
  init(
    _ series: StoredSeries, gaps: GapCounts?, profile: ProviderProfile?, isKeyed: Bool, isAnswering: Bool,
    samples: StoredSeries?, looked: Instant? = nil, news: NewsLooks = NewsLooks(), at now: Instant
  ) {
    self.series = series
    self.samples = samples
    self.gaps = gaps
    reach = [series.extent?.upperBound, news.came[series.id]].compactMap(\.self).max()
    failedAt = isAnswering ? news.failed[series.id] : nil
    guard let profile, isAnswering else {
      let isUnkeyed = profile != nil && series.needsKey && !isKeyed
      standing =
        profile == nil ? .unscheduled : !series.isAsked ? .notAsked : isUnkeyed ? .notConfigured : .standby
      due = nil
      behind = 0
      unlookedSince = nil
      return
    }
    let rhythm = series.rhythm(safety: profile.safety)
    let due = rhythm.newestLate(at: now)
    self.due = due
    // Whoever runs it once a day is not late.
    let look = rhythm.looks.flatMap { $0.newest(at: now - 86_400) }
    unlookedSince = look.flatMap { look in looked.flatMap { $0 < look ? $0 : nil } }
    // A question for news that nothing was written about is answered.
    let isAnswered = news.answered[series.id].map { rhythm.reaches(due, newest: $0) } ?? false
    guard let newest = reach else {
      standing = isAnswered ? .onTime : .empty
      behind = 0
      return
    }
    standing = isAnswered || rhythm.reaches(due, newest: newest) && unlookedSince == nil ? .onTime : .late
    behind = isAnswered ? 0 : rhythm.count(after: rhythm.grid.lastOpening(notAfter: newest), through: due)
  }
}

extension SeriesState {
  /// `BTC binance 1h`, `fng alternative.me`, `ETH farside flows`.
  package var subject: String {
    let key = series.key
    if key.holdsThemes { return "\(series.title) \(key.provider)" }
    if key.dataset == .newsItem {
      let address = SpokenAddress.of(key.providerSymbol)
      return key.providerSymbol.contains("//") ? address : "\(address) \(key.provider)"
    }
    if key.dataset == .eventItem { return "\(key.providerSymbol) \(key.provider)" }
    if key.holdsMood || key.holdsEconomics { return "\(key.providerSymbol) \(key.provider)" }
    let subject = "\(series.asset ?? key.providerSymbol) \(key.provider)"
    if key.holdsBars { return "\(subject) \(key.interval)" }
    return "\(subject) \(key.holdsSamples ? "samples" : key.holdsFlows ? "flows" : key.dataset.rawValue)"
  }

  /// What is wrong, in words: `3 behind, newest 2025-09-19 18:00Z`.
  package var trouble: String {
    var parts: [String] = []
    switch standing {
    case .empty: parts.append(samples.map(SeriesState.words) ?? "nothing stored yet")
    case .late where unlookedSince != nil:
      parts.append("not looked at since \(unlookedSince?.description ?? "")")
    case .late: parts.append("\(behind) behind, newest \(newest)")
    case .onTime, .standby, .notConfigured, .notAsked, .unscheduled: break
    }
    if let failedAt { parts.append("its last step failed, at \(failedAt)") }
    if let missing = gaps?.missing, missing > 0 { parts.append("\(missing) missing inside") }
    return parts.joined(separator: ", ")
  }

  private static func words(_ samples: StoredSeries) -> String {
    let newest = samples.extent.map { ", newest \(samples.key.text(ofKey: $0.upperBound))" } ?? ""
    return "no bars yet; sampled prices of \(samples.key.provider)\(newest)"
  }

  /// The first key as it is read: a day, or an instant to the minute; empty where nothing is stored.
  package var first: String { text(beginning) }
  /// The last key, likewise.
  package var newest: String { text(reach) }
  /// The first key; `nil` where nothing is stored, or items without a date.
  var beginning: Instant? {
    series.extent.map(\.lowerBound).flatMap { series.key.dataset == .newsItem && $0.day == NewsItem.undated ? nil : $0 }
  }

  private func text(_ key: Instant?) -> String { key.map { series.key.text(ofKey: $0) } ?? "" }
}

extension SeriesKey {
  /// `2025-09-19`, or `2025-09-19 21:00Z` where the day has several keys.
  func text(ofKey key: Instant) -> String {
    guard interval.seconds < 86_400 else { return key.day.description }
    // `2025-09-19T21:00:00Z` without its seconds.
    return key.description.prefix(16).replacing("T", with: " ") + "Z"
  }
}
