import Commands
import Following
import Market
import Rendering
import Store

/// What assets cost now, as a table or one object.
struct QuoteReport {
  let answers: [QuoteAnswer]
  /// What the file has noted of the markets' days.
  let notes: ClosureNotes
  let now: Instant

  /// All that was asked for was told, some of it, or nothing.
  var status: ExitStatus {
    let troubles = answers.filter { $0.told == nil }.compactMap(\.troubles.first?.status)
    if troubles.contains(.interrupted) { return .interrupted }
    guard let first = troubles.first else { return .done }
    if troubles.count < answers.count { return .partly }
    return troubles.allSatisfy { $0 == first } ? first : .unreachable
  }

  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json) }
    let told = answers.filter { $0.told != nil }
    if !told.isEmpty {
      let encoder = RowFormat.table.encoder(table: "quote", on: context.console.screen)
      encoder.begin(QuoteReport.columns)
      for answer in told { write(answer, to: encoder) }
      try Console.show(encoder, as: .table)
      context.console.sayHidden(encoder.hiddenColumns)
    }
    for answer in answers { say(answer, context) }
  }

  /// Who did not answer, by name, and why.
  private func say(_ answer: QuoteAnswer, _ context: CommandContext) {
    for trouble in answer.troubles {
      let who = trouble.title.isEmpty ? "" : "\(trouble.title): "
      context.console.say("\(answer.asset.asset.symbol): \(who)\(trouble.words)")
    }
  }

  private static let columns = [
    Column("asset", .text), Column("price", .real, figure: .price), Column("currency", .text, .minor),
    Column("change", .real, figure: .change), Column("previous_close", .real, .minor, figure: .price),
    Column("at", .text, meaning: .instant), Column("age", .text), Column("market", .text), Column("source", .text),
    Column("symbol", .text, .reference),
  ]

  private func write(_ answer: QuoteAnswer, to row: any RowEncoder) {
    guard let (series, quote) = answer.told else { return }
    func text(orNull value: String?) { if let value { row.text(value) } else { row.null() } }
    func real(orNull value: Double?) { if let value { row.real(value) } else { row.null() } }
    row.text(answer.asset.asset.symbol)
    row.real(quote.price)
    text(orNull: series.quoteCurrency)
    real(orNull: quote.change)
    real(orNull: quote.previousClose)
    row.instant(quote.at)
    row.text(age(of: quote))
    row.text(state(of: answer).isOpen ? "open" : "closed")
    row.text(series.key.provider.description)
    row.text(series.key.providerSymbol)
    row.endRow()
  }

  private func age(of quote: Quote) -> String { humanDuration(seconds: max(0, now - quote.at)) }

  private func state(of answer: QuoteAnswer) -> MarketState {
    MarketState(of: notes.applied(to: answer.asset.calendar), at: now)
  }

  private var json: JSONValue {
    let outcome = status == .done ? "done" : status == .partly ? "partial" : "failed"
    return [
      "version": 1, "outcome": .string(outcome), "at": .string(now.description), "quotes": .array(answers.map(json)),
    ]
  }

  private func json(_ answer: QuoteAnswer) -> JSONValue {
    let state = state(of: answer)
    let (series, quote) = (answer.told?.series, answer.told?.quote)
    return [
      "asset": .string(answer.asset.asset.symbol), "name": .string(answer.asset.asset.name),
      "price": .optional(quote?.price), "currency": .optional(series?.quoteCurrency),
      "change": .optional(quote?.change), "previous_close": .optional(quote?.previousClose),
      "previous_day": .optional(quote?.previousDay?.description), "at": .optional(quote?.at.description),
      "age_seconds": quote.map { .integer(max(0, now - $0.at)) } ?? .null,
      "market": ["calendar": .string(state.calendar.rawValue), "state": .string(state.isOpen ? "open" : "closed")],
      "source": .optional(series?.key.provider.description), "symbol": .optional(series?.key.providerSymbol),
      "troubles": .array(
        answer.troubles.map { ["source": .optional($0.title.isEmpty ? nil : $0.title), "reason": .string($0.words)] }),
    ]
  }
}
