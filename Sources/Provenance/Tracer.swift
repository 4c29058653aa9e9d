import Formats
import Market
import Store

/// Walks from a number back to the bytes that it was read from.
///
/// Looks up by key only, so that it costs the same however many rows there are.
package struct Tracer {
  let store: Store
  let providers: [ProviderName: any Provider]
  /// Decides what is not yet due.
  let now: Instant
  let fileLine: FileLineFinder

  /// Finds the line of an imported file that says a row; `nil` where none does. Throws `FileRefusal` where the file is
  /// not to be had.
  package typealias FileLineFinder = (KeptImport, TracedFact) throws -> FileLine?

  package init(store: Store, providers: [any Provider], now: Instant, fileLine: @escaping FileLineFinder) {
    self.store = store
    self.fileLine = fileLine
    self.providers = Dictionary(providers.map { ($0.profile.name, $0) }) { first, _ in first }
    self.now = now
  }

  /// - Throws: `WhyError` for what cannot be asked, `StoreError`; one of a damaged answer names it.
  package func explain(_ subject: WhySubject) throws -> Explanation {
    switch subject {
    case .price(let asset, let at, let interval, let source, let field):
      let (series, key) = try priceSeries(of: asset, at: at, interval: interval, source: source)
      return try explain(series, at: key, ticker: nil, field)
    case .sentiment(let index, let day, let source, let field):
      return try explain(try sentimentSeries(of: index, on: day, source: source), at: day.start, ticker: nil, field)
    case .flow(let ticker, let day, let source, let field):
      let series = try flowSeries(of: ticker, on: day, source: source)
      return try explain(series, at: day.start, ticker: ticker, field)
    case .snapshot(let asset, let day, let field): return try snapshot(of: asset, on: day, field)
    case .summary(let id, let figure): return try summary(id, figure)
    }
  }

  // MARK: Which series

  /// A key between two openings means the bar that was running then.
  private func priceSeries(
    of asset: String, at: Instant, interval: Interval?, source: ProviderName?
  ) throws -> (StoredSeries, Instant) {
    let known = try store.series().filter { $0.asset == asset && [.bar, .pricePoint].contains($0.key.dataset) }
    let fitting = known.filter { series in
      (interval.map { series.key.interval == $0 } ?? true) && (source.map { series.key.provider == $0 } ?? true)
    }
    let wanted = interval ?? .hour1
    let chosen =
      source == nil
      ? try store.chosenPrice(of: asset, interval: wanted).flatMap { choice in
        fitting.first { $0.id == choice.id }
      } : nil
    let best = fitting.sorted { rank($0, wanted) < rank($1, wanted) }.first
    guard let series = chosen ?? best else {
      let words = [source.map(\.description), asset, interval?.rawValue].compactMap { $0 }.joined(separator: " ")
      throw WhyError.noSeries("\(words)", known: known.map { "\($0.key)" })
    }
    if series.key.dataset == .bar { return (series, series.rhythm().grid.lastOpening(notAfter: at)) }
    let span = at...at + series.key.interval.seconds - 1
    return (series, try store.firstSample(of: series.id, in: span) ?? at)
  }

  /// Bars before samples, the wanted interval before others, then by priority.
  private func rank(_ series: StoredSeries, _ wanted: Interval) -> (Int, Int, Int) {
    (series.key.dataset == .bar ? 0 : 1, series.key.interval == wanted ? 0 : 1, series.priority)
  }

  /// The first by priority that holds the day; the first of all where none does.
  private func sentimentSeries(of index: String, on day: Day, source: ProviderName?) throws -> StoredSeries {
    let known = try store.series().filter { $0.key.dataset == .sentiment && $0.key.providerSymbol == index }
    let fitting = known.filter { series in source.map { series.key.provider == $0 } ?? true }
    let holding = try fitting.first { try store.tracedFact(of: $0, at: day.start, ticker: nil) != nil }
    guard let series = holding ?? fitting.first else {
      throw WhyError.noSeries(
        "the index \(index)" + (source.map { " from \($0)" } ?? ""), known: known.map { "\($0.key)" })
    }
    return series
  }

  /// The first by priority that holds the row; the first of all where none does.
  private func flowSeries(of ticker: String, on day: Day, source: ProviderName?) throws -> StoredSeries {
    let known = try store.flowSeries(ofFund: ticker)
    let fitting = known.filter { series in source.map { series.key.provider == $0 } ?? true }
    let holding = try fitting.first { try store.tracedFact(of: $0, at: day.start, ticker: ticker) != nil }
    guard let series = holding ?? fitting.first else {
      throw WhyError.noSeries(
        "flows of \(ticker)" + (source.map { " from \($0)" } ?? ""),
        known: known.isEmpty ? try store.fundTickers() : known.map { "\($0.key)" })
    }
    return series
  }
}

// MARK: - A row of facts

extension Tracer {
  private func explain(
    _ series: StoredSeries, at key: Instant, ticker: String?, _ field: FigureField?
  ) throws -> Explanation {
    let fields = series.key.dataset.fields
    if let field, !fields.contains(field) {
      throw WhyError.noField(field.rawValue, of: "a row of \(series.key)", known: fields.map(\.rawValue))
    }
    guard let fact = try store.tracedFact(of: series, at: key, ticker: ticker) else {
      return try absence(of: series, at: key, ticker: ticker, field)
    }
    let fetch = try store.fetchRecord(fact.fetch)
    let kept = try fetch?.size.map { _ in try store.keptAnswer(fact.fetch) }
    let (line, fileFault) = try line(of: fact, fetch)
    let figures = (field.map { [$0] } ?? fields).map { field in
      line.map { figure(field, of: fact, $0) } ?? figure(field, of: fact, kept)
    }
    return FactExplanation(
      fact: fact, isWhole: field == nil, figures: figures, fetch: fetch, answer: kept?.answer.body ?? line?.bytes,
      fileFault: fileFault, unit: unit(of: fact),
      marks: try store.flaggedRows(in: fact.at...fact.at).filter { $0.series == fact.series.key },
      asOf: store.asOf
    ).explanation
  }

  private func figure(_ field: FigureField, of fact: TracedFact, _ kept: KeptAnswer?) -> FigureExplanation {
    let figure = Figure(series: fact.series.key, at: fact.at, ticker: fact.ticker, field: field)
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
    let (place, column) = (line.place, fact.series.key.dataset.fields.firstIndex(of: field))
    return FigureExplanation(
      field: field, value: fact.value(of: field) ?? .absent,
      place: Place(path: .line(place.line), bytes: place.start..<place.start + place.length, rule: .row),
      line: (place.line, 1), sent: String(decoding: line.bytes, as: UTF8.self), reads: column.map { line.figures[$0] },
      subject: fact.subject(field))
  }

  private func unit(of fact: TracedFact) -> String? {
    switch fact.series.key.dataset {
    case .bar, .pricePoint: fact.series.quoteCurrency
    case .etfFlow: "USD"
    case .sentiment: nil
    }
  }
}

extension TracedFact {
  /// The question that this row, or a figure of it, answers.
  func subject(_ field: FigureField?) -> WhySubject { series.subject(at: at, ticker: ticker, field) }
}

extension StoredSeries {
  /// The question about a row of this series.
  func subject(at key: Instant, ticker: String? = nil, _ field: FigureField? = nil) -> WhySubject {
    switch self.key.dataset {
    case .bar, .pricePoint:
      .price(
        asset: asset ?? self.key.providerSymbol, at: key, interval: self.key.interval, source: self.key.provider,
        field: field)
    case .sentiment:
      // The usual source goes without saying.
      .sentiment(
        index: self.key.providerSymbol, day: key.day, source: priority > 1 ? self.key.provider : nil, field: field)
    case .etfFlow: .flow(ticker: ticker ?? EtfFlow.total, day: key.day, source: self.key.provider, field: field)
    }
  }
}
