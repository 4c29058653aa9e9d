import Formats
import Market

/// Collects splits and payments of one answer, one a day and kind: money of one day is summed, splits are multiplied.
struct ActionGathering {
  /// The days asked for; `nil` for all there are.
  let window: ClosedRange<Instant>?
  /// The day on which the answer was made: what has not begun is left for later.
  let today: Day
  /// Seconds after which a provider that lists acts apart from its bars is asked for its lists again.
  static let listsLast: Int64 = 7 * 86_400

  private(set) var refusals: [Refusal] = []
  private var found: [FactKey: CorporateAction] = [:]

  init(window: ClosedRange<Instant>?, today: Day) {
    (self.window, self.today) = (window, today)
  }

  /// In order of day and kind.
  var actions: [CorporateAction] { found.sorted { $0.key < $1.key }.map(\.value) }

  /// Takes an act; without a day or a value, or with an impossible one, it is refused.
  mutating func add(
    _ kind: CorporateActionKind, on day: Day?, _ value: Double?, currency: String? = nil, excerpt: String
  ) {
    guard let day, let value else { return refuse(.malformed, day, "an act without date or value", excerpt) }
    guard window?.contains(day.start) ?? true, day <= today else { return }
    let action = CorporateAction(day: day, kind: kind, value: value, currency: currency)
    if let fault = action.fault { return refuse(.outOfBounds, day, fault, excerpt) }
    guard let other = found[action.row.key] else {
      found[action.row.key] = action
      return
    }
    guard other.currency == currency else {
      return refuse(.contradictory, day, "money of two currencies on one day", excerpt)
    }
    let both = CorporateAction(
      day: day, kind: kind, value: kind == .split ? other.value * value : other.value + value, currency: currency)
    if let fault = both.fault { return refuse(.outOfBounds, day, fault, excerpt) }
    found[action.row.key] = both
  }

  /// Notes an act that is not believed.
  mutating func refuse(_ reason: RefusalReason, _ day: Day?, _ detail: String, _ excerpt: String) {
    refusals.append(Refusal(reason: reason, at: day?.start, detail: detail, excerpt: excerpt))
  }
}

extension Want {
  /// The symbols of which the acts are wanted of a provider that lists them apart from its bars: those of a question, or of
  /// one series; `nil` where something else is wanted.
  func symbolsOfActs(at provider: ProviderName) -> [String]? {
    switch subject {
    case .question(let question): question.provider == provider && question.subject == .corporateAction ? tickers : nil
    case .series(let key): key.provider == provider && key.dataset == .corporateAction ? [key.providerSymbol] : nil
    }
  }
}

extension SeriesKey {
  /// The acts of a share at a provider, whatever bars they are told beside.
  static func actions(of symbol: String, at provider: ProviderName) -> SeriesKey {
    SeriesKey(dataset: .corporateAction, provider: provider, providerSymbol: symbol, interval: .day1)
  }
}
