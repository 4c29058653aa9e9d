import ArgumentParser
import Following
import Market
import Provenance
import Rendering
import Store
import Telling

/// The words after `why`, as somebody typed them.
struct WhyWords {
  private let words: [String]
  private let interval: Interval?
  private let source: ProviderName?
  private let now: Instant

  init(_ words: [String], interval: Interval?, source: String?, now: Instant) {
    self.words = words
    self.now = now
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
    case "macro": return try macro(store)
    case "theme": return try theme(store)
    case "article": return try article(store)
    case "event": return try event(store)
    default: break
    }
    if let row = try row(store) { return row }
    let indices = try store.catalogue.series().filter { store.kinds[$0.key.dataset]?.asked == .index }.map(
      \.key.providerSymbol)
    if let index = indices.first(where: { $0 == first.lowercased() }) {
      try check(2...3, "fng DAY [FIELD]")
      if interval != nil { throw usage("--interval goes with prices; an index is of days") }
      return .sentiment(
        index: index, day: try day(1), source: source, field: try field(2, among: fields(.index, store)))
    }
    try check(2...3, "SYM INSTANT [FIELD]")
    let known = try store.catalogue.assets().map(\.symbol)
    guard let symbol = Store.symbol(first, in: known) else {
      throw usage(
        "there is no asset '\(shown(first))'\(meantText(first, among: known + indices)); "
          + "\(FollowedNames(try store.following.assets()).listing); "
          + "what can be asked is \(WhyWords.subjects)")
    }
    if let day = spokenDay(1), interval == nil, source == nil {
      return try figure(of: symbol, on: day, store)
    }
    // A source that only samples prices has samples, all others bars.
    let prices = store.kinds.all.filter { $0.asked == .price }
    let told = try source.map { source in
      Set(try store.catalogue.series().filter { $0.key.provider == source }.map(\.key.dataset))
    }
    let price = prices.first { told?.contains($0.dataset) ?? true } ?? prices.first
    return .price(
      asset: symbol, at: try instant(1), interval: interval, source: source,
      field: try field(2, among: price?.shape.fields ?? []))
  }

  /// A figure of a whole day, as `daily_market_snapshot` has it; its close where none is named. A price of a day that has
  /// no snapshot is that of the day's own bar.
  private func figure(of symbol: String, on day: Day, _ store: Store) throws -> WhySubject {
    let names = SnapshotField.allCases.map(\.rawValue)
    let name = words.count > 2 ? words[2] : SnapshotField.close.rawValue
    guard let field = SnapshotField(rawValue: name.lowercased()) else {
      throw usage(
        "a day has no figure '\(shown(name))'\(meantText(name, among: names)); there are \(names.joined(separator: ", "))"
      )
    }
    guard SnapshotField.dayPrices.contains(field), try hasOnlyBar(symbol, on: day, store) else {
      return .snapshot(asset: symbol, day: day, field: field)
    }
    return .price(
      asset: symbol, at: day.start, interval: .day1, source: nil, field: FigureField(rawValue: field.rawValue))
  }

  /// Whether what the record can say of the prices of a day is said by daily bars: its snapshot was made of one, or there is
  /// no snapshot, and a bar of the
  /// day is or was stored, or no hours of the asset ever were.
  private func hasOnlyBar(_ symbol: String, on day: Day, _ store: Store) throws -> Bool {
    if let snapshot = try store.past.snapshot(of: symbol, on: day) { return snapshot.series.key.interval == .day1 }
    let series = try store.catalogue.series().filter { series in
      series.asset == symbol && series.key.interval == .day1 && series.key.holdsBars
    }
    guard !series.isEmpty else { return false }
    let key = FactKey(.instant(day.start))
    let isKnown = try series.contains { series in
      if try store.past.fact(of: series, under: key) != nil { return true }
      return try !store.past.earlierFacts(of: series, under: key).isEmpty
    }
    if isKnown { return true }
    return try store.catalogue.lastChosenPrice(of: symbol, interval: .hour1) == nil
  }

  /// What is said beside the answer where a word was taken for something that may not have been meant.
  ///
  /// - Parameter typed: words a command as it is typed.
  func remark(on subject: WhySubject, in store: Store, typed: TypedCommand) throws -> String? {
    if isAboutActual, words[0].lowercased() == "event", let id = Int64(words[1]),
      let event = try store.telling.event(id)
    {
      return "\(event.title) came as \(event.actual ?? ""), made of this value by the rule in event_figure"
    }
    guard case .snapshot(let symbol, let day, let field) = subject, words.first?.lowercased() != "snapshot",
      SnapshotField.dayPrices.contains(field), try store.past.snapshot(of: symbol, on: day) != nil
    else { return nil }
    let hour = typed("why \(symbol) \(day)T00:00Z \(field.rawValue)")
    return "the \(field.rawValue) of the whole UTC day; of its first hour: \(hour)"
  }

  private func spokenDay(_ index: Int) -> Day? {
    index < words.count ? Moment(argument: words[index])?.day(at: now) : nil
  }

  private func fields(_ form: AskedForm, _ store: Store) -> [FigureField] {
    store.kinds.all.first { $0.asked == form }?.shape.fields ?? []
  }

  /// A row of a kind that is asked for by its own name; `nil` where the first word names none.
  private func row(_ store: Store) throws -> WhySubject? {
    let name = words[0].lowercased().replacing("-", with: "_")
    guard let kind = store.kinds.all.first(where: { $0.asked == .row && $0.dataset.rawValue == name }) else {
      return nil
    }
    let columns = kind.shape.key
    let last = columns.count + 1
    try check(
      last + 1...last + 2, "\(name) SERIES \(columns.map { $0.name.uppercased() }.joined(separator: " ")) [FIELD]")
    if interval != nil { throw usage("--interval goes with prices") }
    let parts = try columns.enumerated().map { index, column -> FactKey.Part in
      switch column.kind {
      case .instant: .instant(try instant(index + 2))
      case .day: .day(try day(index + 2))
      case .text: .text(words[index + 2])
      }
    }
    return .row(
      dataset: kind.dataset, symbol: words[1], key: FactKey(parts), source: source,
      field: try field(last + 1, among: kind.shape.fields))
  }

  private static let subjects =
    "SYM INSTANT [FIELD], fng DAY [FIELD], macro ID DAY, theme NAME DAY [MEASURE], flow TICKER DAY, "
    + "snapshot SYM DAY FIELD, summary ID [FACT], article ID [FIELD], event ID [FIELD]"

  private func flow(_ store: Store) throws -> WhySubject {
    try check(3...4, "flow TICKER DAY")
    if interval != nil { throw usage("--interval goes with prices; flows are of days") }
    return .flow(
      ticker: words[1].uppercased(), day: try day(2), source: source, field: try field(3, among: fields(.fund, store)))
  }

  private func macro(_ store: Store) throws -> WhySubject {
    try check(3...3, "macro ID DAY")
    if interval != nil { throw usage("--interval goes with prices; an economic series has periods of its own") }
    let known = try store.observedIDs()
    guard let id = known.first(where: { $0 == words[1] }) ?? known.first(where: { $0 == words[1].uppercased() }) else {
      throw usage(
        "there is no economic series '\(shown(words[1]))'\(meantText(words[1], among: known)); "
          + (known.isEmpty ? "none is followed" : "there are \(known.joined(separator: ", "))"))
    }
    return .macro(id: id, day: try day(2), source: source)
  }

  private func theme(_ store: Store) throws -> WhySubject {
    try check(3...4, "theme NAME DAY [volume|norm|tone]")
    if interval != nil { throw usage("--interval goes with prices; a theme is counted by the day") }
    let known = try store.catalogue.series().filter(\.key.holdsThemes)
    guard let series = known.first(where: { $0.isCalled(words[1]) }) else {
      let names = Set(known.map(\.title)).sorted()
      throw usage(
        "there is no theme '\(shown(words[1]))'\(meantText(words[1], among: names)); "
          + (names.isEmpty ? "none is followed" : "there are \(names.joined(separator: ", "))"))
    }
    let measures = ThemeValue.Measure.allCases
    let name = words.count > 3 ? words[3].lowercased() : ThemeValue.Measure.volume.rawValue
    guard let measure = ThemeValue.Measure(rawValue: name) else {
      throw usage(
        "nothing called '\(shown(words[3]))' is told of a theme"
          + "\(meantText(name, among: measures.map(\.rawValue))); there are "
          + measures.map(\.rawValue).joined(separator: ", "))
    }
    return .theme(name: series.title, day: try day(2), measure: measure, source: source)
  }

  private func snapshot(_ store: Store) throws -> WhySubject {
    try check(4...4, "snapshot SYM DAY FIELD")
    try refuseFlags("a snapshot")
    guard let symbol = try store.symbols([words[1]], flag: "snapshot")?.first else { throw usage("name an asset") }
    guard let field = SnapshotField(rawValue: words[3].lowercased()) else {
      throw usage(
        "a snapshot has no figure '\(shown(words[3]))'"
          + "\(meantText(words[3], among: SnapshotField.allCases.map(\.rawValue))); it has "
          + SnapshotField.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return .snapshot(asset: symbol, day: try day(2), field: field)
  }

  /// Of an article its feed's item is asked about, from which its text comes.
  private func article(_ store: Store) throws -> WhySubject {
    try check(2...3, "article ID [FIELD]")
    try refuseFlags("an article")
    guard let id = Int64(words[1]), let item = try store.following.shownItem(ofArticle: id) else {
      throw usage("'\(shown(words[1]))' is no number of an article; `appliance export news_article` lists them")
    }
    return .row(
      dataset: .newsItem, symbol: item.series.providerSymbol, key: item.key, source: nil,
      field: try field(2, among: FactShape.newsItem.fields))
  }

  /// Of an event the row by which its source told it; of what came the value that it is made of.
  private func event(_ store: Store) throws -> WhySubject {
    try check(2...3, "event ID [FIELD]")
    try refuseFlags("an event")
    guard let id = Int64(words[1]), let row = try store.telling.row(ofEvent: id) else {
      throw usage("'\(shown(words[1]))' is no number of an event; `appliance events --json` lists them")
    }
    if isAboutActual {
      guard let print = try store.telling.event(id)?.print else {
        throw usage("event \(id): what came is not known; `appliance show event_figure` lists of what it would be")
      }
      return .row(
        dataset: .macroObservation, symbol: print.id, key: FactKey(.day(print.period), .day(print.vintage)),
        source: nil,
        field: .value)
    }
    let fields = store.kinds[row.series.dataset]?.shape.fields ?? []
    return .row(
      dataset: row.series.dataset, symbol: row.series.providerSymbol, key: row.key, source: nil,
      field: try field(2, among: fields))
  }

  private var isAboutActual: Bool { words.count == 3 && words[2].lowercased() == "actual" }

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
    guard let instant = Instant(words[index]) ?? spokenDay(index)?.start else {
      throw usage("'\(shown(words[index]))' is neither an instant nor a day; write it like 2025-09-19T13:00Z")
    }
    return instant
  }

  private func day(_ index: Int) throws -> Day {
    guard let day = spokenDay(index) else {
      throw usage("'\(shown(words[index]))' is no day; write it like 2025-09-19")
    }
    return day
  }

  private func field(_ index: Int, among fields: [FigureField]) throws -> FigureField? {
    guard index < words.count else { return nil }
    guard let field = fields.first(where: { $0.rawValue == words[index].lowercased() }) else {
      throw usage(
        "there is no figure '\(shown(words[index]))' there"
          + "\(meantText(words[index], among: fields.map(\.rawValue))); there are "
          + fields.map(\.rawValue).joined(separator: ", "))
    }
    return field
  }

  private func usage(_ message: String) -> Failure { Failure(.usage, "why: \(message)") }
}
