import Formats
import Market
import SQLite
import Store
import Telling

/// Walks from a number back to the bytes that it was read from.
///
/// Looks up by key only, so that it costs the same however many rows there are.
package struct Tracer {
  let store: Store
  let providers: [ProviderName: any Provider]
  /// Decides what is not yet due.
  let now: Instant
  let fileLine: FileLineFinder
  let typed: TypedCommand
  let callTrace: CallFinder

  /// Finds the call of a language model by its number; `nil` where there is none.
  package typealias CallFinder = (Int64) throws -> CallTrace?

  /// Finds the line of an imported file that says a row; `nil` where none does. Throws `FileRefusal` where the file is
  /// not to be had.
  package typealias FileLineFinder = (KeptImport, TracedFact) throws -> FileLine?

  /// A tracer of one file. `now` says what is not yet due; of two providers of one name the first is asked. What to type
  /// next is told as `typed` words it, and `callTrace` knows what models were asked.
  package init(
    store: Store, providers: [any Provider], now: Instant, typed: @escaping TypedCommand = plainlyTyped,
    callTrace: @escaping CallFinder = { _ in nil }, fileLine: @escaping FileLineFinder
  ) {
    self.store = store
    self.typed = typed
    self.fileLine = fileLine
    self.callTrace = callTrace
    self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
    self.now = now
  }

  /// - Throws: `WhyError` for what cannot be asked, `StoreError`; one of a damaged answer names it.
  package func explain(_ subject: WhySubject) throws -> Explanation {
    switch subject {
    case .price(let asset, let at, let interval, let source, let field):
      let (series, key) = try priceSeries(of: asset, at: at, interval: interval, source: source)
      return try explain(series, FactKey(.instant(key)), field)
    case .sentiment(let index, let day, let source, let field):
      let key = FactKey(.day(day))
      return try explain(try series(asked: .index, named: index, holding: key, source: source), key, field)
    case .flow(let ticker, let day, let source, let field):
      let series = try flowSeries(of: ticker, on: day, source: source)
      return try explain(series, FactKey(.day(day), .text(ticker)), field)
    case .macro(let id, let day, let source):
      let (series, key) = try observation(of: id, on: day, source: source)
      return try explain(series, key, .value)
    case .theme(let name, let day, let measure, let source):
      let key = FactKey(.day(day), .text(measure.rawValue))
      let known = try store.catalogue.series().filter { $0.key.holdsThemes && $0.isCalled(name) }
      let series = try first(of: known, holding: key, source: source, called: "the theme \(name)")
      return try explain(series, key, .value)
    case .row(let dataset, let symbol, let key, let source, let field):
      let known = try store.catalogue.series().filter { $0.key.dataset == dataset && $0.key.providerSymbol == symbol }
      let series = try first(of: known, holding: key, source: source, called: "\(dataset.rawValue) of \(symbol)")
      return try explain(series, key, field)
    case .snapshot(let asset, let day, let field): return try snapshot(of: asset, on: day, field)
    case .summary(let id, let figure): return try summary(id, figure)
    }
  }

  // MARK: Which series

  /// A key between two openings means the bar that was running then.
  private func priceSeries(
    of asset: String, at: Instant, interval: Interval?, source: ProviderName?
  ) throws -> (StoredSeries, Instant) {
    let known = try store.catalogue.series().filter {
      $0.asset == asset && store.kinds[$0.key.dataset]?.asked == .price
    }
    let fitting = known.filter { series in
      (interval.map { series.key.interval == $0 } ?? true) && (source.map { series.key.provider == $0 } ?? true)
    }
    let wanted = interval ?? .hour1
    let chosen =
      source == nil
      ? try store.catalogue.lastChosenPrice(of: asset, interval: wanted).flatMap { choice in
        fitting.first { $0.id == choice.id }
      } : nil
    let best = fitting.sorted { rank($0, wanted) < rank($1, wanted) }.first
    guard let series = chosen ?? best else {
      let words = [source.map(\.description), asset, interval?.rawValue].compactMap { $0 }.joined(separator: " ")
      throw WhyError.noSeries("\(words)", known: known.map { "\($0.key)" })
    }
    if isGridded(series) {
      let key = series.rhythm().opening(runningAt: at)
      return (try undone(among: fitting, at: key, insteadOf: series) ?? series, key)
    }
    let span = at...at + series.key.interval.seconds - 1
    return (series, try store.telling.firstSample(of: series.id, in: span) ?? at)
  }

  /// A series of the same interval of which the row was taken back, for a row that the series has not.
  private func undone(
    among fitting: [StoredSeries], at key: Instant, insteadOf series: StoredSeries
  ) throws -> StoredSeries? {
    let row = FactKey(.instant(key))
    guard try store.past.fact(of: series, under: row) == nil else { return nil }
    return try fitting.first { other in
      guard other.key.interval == series.key.interval, isGridded(other) else { return false }
      return try UndoneImport(of: store.past.earlierFacts(of: other, under: row), in: store) != nil
    }
  }

  /// Bars before samples, the wanted interval before others, then by priority.
  private func rank(_ series: StoredSeries, _ wanted: Interval) -> (Int, Int, Int) {
    (isGridded(series) ? 0 : 1, series.key.interval == wanted ? 0 : 1, series.priority)
  }

  /// Whether its rows sit on the openings of its interval: bars, and no samples.
  private func isGridded(_ series: StoredSeries) -> Bool { store.kinds[series.key.dataset]?.hasGaps ?? false }

  private func series(
    asked form: AskedForm, named name: String, holding key: FactKey, source: ProviderName?
  ) throws -> StoredSeries {
    let known = try store.catalogue.series().filter {
      store.kinds[$0.key.dataset]?.asked == form && $0.key.providerSymbol == name
    }
    return try first(of: known, holding: key, source: source, called: "the index \(name)")
  }

  /// The first by priority that holds the row; the first of all where none does.
  private func first(
    of known: [StoredSeries], holding key: FactKey, source: ProviderName?, called name: String
  ) throws -> StoredSeries {
    let fitting = known.filter { series in source.map { series.key.provider == $0 } ?? true }
    let holding = try fitting.first { try store.past.fact(of: $0, under: key) != nil }
    guard let series = holding ?? fitting.first else {
      throw WhyError.noSeries(name + (source.map { " from \($0)" } ?? ""), known: known.map { "\($0.key)" })
    }
    return series
  }

  /// The newest vintage of the period that begins on a day, else of the one in which the day lies; that period alone where
  /// there is none.
  private func observation(
    of id: String, on day: Day, source: ProviderName?
  ) throws -> (StoredSeries, FactKey) {
    let known = try store.catalogue.series().filter {
      store.kinds[$0.key.dataset]?.asked == .macro && $0.key.providerSymbol == id
    }
    let fitting = known.filter { series in source.map { series.key.provider == $0 } ?? true }
    for series in fitting {
      if let key = try store.telling.newestVintage(of: series, on: day) { return (series, key) }
    }
    for series in fitting {
      guard let period = try store.telling.period(of: series, around: day) else { continue }
      if let key = try store.telling.newestVintage(of: series, on: period) { return (series, key) }
    }
    guard let series = fitting.first else {
      let all = try store.catalogue.series().filter { store.kinds[$0.key.dataset]?.asked == .macro }
      throw WhyError.noSeries(
        "the economic series \(id)" + (source.map { " from \($0)" } ?? ""), known: all.map(\.key.providerSymbol))
    }
    let period = try store.telling.period(of: series, around: day) ?? day
    return (series, FactKey(.day(period), .day(period)))
  }

  /// The first by priority that holds the row; the first of all where none does.
  private func flowSeries(of ticker: String, on day: Day, source: ProviderName?) throws -> StoredSeries {
    let known = try store.flows.flowSeries(ofFund: ticker)
    let fitting = known.filter { series in source.map { series.key.provider == $0 } ?? true }
    let holding = try fitting.first { try store.past.fact(of: $0, under: FactKey(.day(day), .text(ticker))) != nil }
    guard let series = holding ?? fitting.first else {
      throw WhyError.noSeries(
        "flows of \(ticker)" + (source.map { " from \($0)" } ?? ""),
        known: known.isEmpty ? try store.flows.fundTickers() : known.map { "\($0.key)" })
    }
    return series
  }
}

// MARK: - A row of facts

extension Tracer {
  private func explain(
    _ series: StoredSeries, _ key: FactKey, _ field: FigureField?
  ) throws -> Explanation {
    let fields = store.kinds[series.key.dataset]?.shape.fields ?? []
    if let field, !fields.contains(field) {
      throw WhyError.noField(field.rawValue, of: "a row of \(series.key)", known: fields.map(\.rawValue))
    }
    guard let fact = try store.past.fact(of: series, under: key) else {
      return try absence(of: series, key, field)
    }
    let fetch = try store.vault.fetchRecord(fact.fetch)
    let kept = try fetch?.size.map { _ in try store.vault.keptAnswer(fact.fetch) }
    let (line, fileFault) = try line(of: fact, fetch)
    let figures = (field.map { [$0] } ?? fields).map { field in
      line.map { figure(field, of: fact, $0) } ?? figure(field, of: fact, kept)
    }
    return FactExplanation(
      fact: fact, isWhole: field == nil, figures: figures, fetch: fetch, answer: kept?.answer.body ?? line?.bytes,
      fileFault: fileFault, unit: fact.unit,
      marks: try store.judgement.flaggedRows(in: fact.at...fact.at).filter { $0.series == fact.series.key },
      undone: try undoneImports(fact.earlier), vintages: try store.telling.vintages(of: series, before: key),
      asOf: store.asOf, typed: typed
    ).explanation
  }

  private func figure(_ field: FigureField, of fact: TracedFact, _ kept: KeptAnswer?) -> FigureExplanation {
    let figure = Figure(series: fact.series.key, key: fact.key, field: field)
    let place = kept.flatMap { kept in
      providers[kept.request.provider]?.locate(figure, in: kept.answer, to: kept.request)
    }
    let body = kept?.answer.body ?? []
    return FigureExplanation(
      field: field, value: fact.value(of: field) ?? .absent, place: place, line: place?.line(in: body),
      sent: place?.bytes.map { String(decoding: body[$0], as: UTF8.self) }, reads: place?.value(in: body),
      subject: fact.subject(field))
  }

  /// The line of the file that a row came from, or why there is none.
  private func line(of fact: TracedFact, _ fetch: FetchRecord?) throws -> (FileLine?, fault: String?) {
    guard let file = fetch?.file else { return (nil, nil) }
    do {
      let line = try fileLine(file, fact)
      return (line, line == nil ? "no line of the file says so any more" : nil)
    } catch let refusal as FileRefusal {
      return (nil, refusal.description)
    }
  }

  private func figure(_ field: FigureField, of fact: TracedFact, _ line: FileLine) -> FigureExplanation {
    let (place, column) = (line.place, fact.shape.index(of: field))
    return FigureExplanation(
      field: field, value: fact.value(of: field) ?? .absent,
      place: Place(path: .line(place.line), bytes: place.start..<place.start + place.length, rule: .row),
      line: (place.line, 1), sent: String(decoding: line.bytes, as: UTF8.self), reads: column.map { line.figures[$0] },
      subject: fact.subject(field))
  }
}

extension TracedFact {
  /// The question that this row, or a figure of it, answers.
  func subject(_ field: FigureField?) -> WhySubject { series.subject(asked, key, field) }
}

extension StoredSeries {
  /// The question about a row of this series.
  func subject(_ form: AskedForm, _ key: FactKey, _ field: FigureField? = nil) -> WhySubject {
    let at = key.at ?? Instant.representable.lowerBound
    let source = self.key.provider
    switch form {
    case .price:
      return .price(
        asset: asset ?? self.key.providerSymbol, at: at, interval: self.key.interval, source: source, field: field)
    case .index:
      // The usual source goes without saying.
      return .sentiment(
        index: self.key.providerSymbol, day: at.day, source: priority > 1 ? source : nil, field: field)
    case .macro: return .macro(id: self.key.providerSymbol, day: at.day, source: priority > 1 ? source : nil)
    case .fund: return .flow(ticker: key.text ?? EtfFlow.total, day: at.day, source: source, field: field)
    case .theme:
      return .theme(
        name: title, day: at.day, measure: key.text.flatMap(ThemeValue.Measure.init(rawValue:)) ?? .volume)
    case .row:
      return .row(
        dataset: self.key.dataset, symbol: self.key.providerSymbol, key: key, source: priority > 1 ? source : nil,
        field: field)
    }
  }
}
