import ArgumentParser
import Market
import Provenance
import Store

/// The words after `why`, as somebody typed them.
struct WhyWords {
  private let words: [String]
  private let interval: Interval?
  private let source: ProviderName?

  init(_ words: [String], interval: Interval?, source: String?) {
    self.words = words
    self.interval = interval
    self.source = source.map { ProviderName($0) }
  }

  /// What is asked, checked against the names that the file knows; wrong usage says what would be right.
  func subject(in store: Store) throws -> WhySubject {
    guard let first = words.first else { throw usage("name what is asked about, such as BTC 2025-09-19T13:00Z close") }
    switch first.lowercased() {
    case "flow": return try flow(store)
    case "snapshot": return try snapshot(store)
    case "summary": return try summary()
    case "macro", "article", "event":
      throw usage(
        "the record holds none of that kind (\(first.lowercased())); what can be asked is \(WhyWords.subjects)")
    default: break
    }
    let indices = try store.series().filter { $0.key.dataset == .sentiment }.map(\.key.providerSymbol)
    if let index = indices.first(where: { $0 == first.lowercased() }) {
      try check(2...3, "fng DAY [FIELD]")
      if interval != nil { throw usage("--interval goes with prices; an index is of days") }
      return .sentiment(index: index, day: try day(1), source: source, field: try field(2, of: .sentiment))
    }
    try check(2...3, "SYM INSTANT [FIELD]")
    let known = try store.assets().map(\.symbol)
    guard let symbol = Store.symbol(first, in: known) else {
      throw usage(
        "there is no asset '\(shown(first))'; the assets are \((known + indices).joined(separator: ", ")); "
          + "what can be asked is \(WhyWords.subjects)")
    }
    let dataset: Dataset = source == "coingecko" ? .pricePoint : .bar
    return .price(
      asset: symbol, at: try instant(1), interval: interval, source: source, field: try field(2, of: dataset))
  }

  private static let subjects =
    "SYM INSTANT [FIELD], fng DAY [FIELD], flow TICKER DAY, snapshot SYM DAY FIELD, summary ID [FACT]"

  private func flow(_ store: Store) throws -> WhySubject {
    try check(3...4, "flow TICKER DAY")
    if interval != nil { throw usage("--interval goes with prices; flows are of days") }
    return .flow(ticker: words[1].uppercased(), day: try day(2), source: source, field: try field(3, of: .etfFlow))
  }

  private func snapshot(_ store: Store) throws -> WhySubject {
    try check(4...4, "snapshot SYM DAY FIELD")
    try refuseFlags("a snapshot")
    guard let symbol = try store.symbols([words[1]], flag: "snapshot")?.first else { throw usage("name an asset") }
    guard let field = SnapshotField(rawValue: words[3].lowercased()) else {
      throw usage(
        "a snapshot has no figure '\(shown(words[3]))'; it has "
          + SnapshotField.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return .snapshot(asset: symbol, day: try day(2), field: field)
  }

  private func summary() throws -> WhySubject {
    try check(2...3, "summary ID [FACT]")
    try refuseFlags("a summary")
    guard let id = Int64(words[1]), id > 0 else {
      throw usage("'\(shown(words[1]))' is no number of a summary; `appliance export summary` lists them")
    }
    return .summary(id: id, figure: words.count > 2 ? words[2] : nil)
  }

  // MARK: Words

  private func check(_ counts: ClosedRange<Int>, _ grammar: String) throws {
    guard counts.contains(words.count) else { throw usage("ask it like this: appliance why \(grammar)") }
  }

  private func refuseFlags(_ kind: String) throws {
    if interval != nil { throw usage("--interval goes with prices, not with \(kind)") }
    if source != nil { throw usage("--source goes with prices and flows, not with \(kind)") }
  }

  private func instant(_ index: Int) throws -> Instant {
    guard let instant = Instant(words[index]) else {
      throw usage("'\(shown(words[index]))' is neither an instant nor a day; write it like 2025-09-19T13:00Z")
    }
    return instant
  }

  private func day(_ index: Int) throws -> Day {
    guard let day = Day(words[index]) else {
      throw usage("'\(shown(words[index]))' is no day; write it like 2025-09-19")
    }
    return day
  }

  private func field(_ index: Int, of dataset: Dataset) throws -> FigureField? {
    guard index < words.count else { return nil }
    guard let field = FigureField(rawValue: words[index].lowercased()), dataset.fields.contains(field) else {
      throw usage(
        "there is no figure '\(shown(words[index]))' there; there are "
          + dataset.fields.map(\.rawValue).joined(separator: ", "))
    }
    return field
  }

  private func usage(_ message: String) -> Failure { Failure(.usage, "why: \(message)") }
}
