import Market
import Rendering
import Store

/// The texts of a day that are stored: of each subject a model's where there is a good one, made from the very facts that a
/// report tells, else what the rules say.
struct DayTexts {
  private let rows: [(id: Int64, row: SummaryRow)]

  init(on day: Day, _ store: Store) throws {
    rows = try store.summaries.numbered(of: day)
  }

  /// The text of the market's day.
  func market(_ facts: MarketFacts) -> DayText {
    let summary = MarketSummary(facts: facts)
    return text(of: nil, rules: summary.text, summary.json)
  }

  /// The text of an asset's day.
  func asset(_ facts: AssetFacts) -> DayText {
    let summary = AssetSummary(facts: facts)
    return text(of: facts.day.asset.symbol, rules: summary.text, summary.json)
  }

  private func text(of asset: String?, rules: String, _ facts: JSONValue) -> DayText {
    let own = rows.filter { $0.row.asset == asset && $0.row.kind == "day" && $0.row.profile.isEmpty }
    let told = facts.compact
    if let model = own.last(where: { $0.row.call != nil && !$0.row.text.isEmpty && $0.row.facts == told }) {
      return DayText(text: model.row.text, model: model.row.maker, id: model.id)
    }
    return DayText(text: rules, model: nil, id: own.first { $0.row.call == nil }?.id)
  }
}

/// The text about one subject's day.
struct DayText {
  let text: String
  /// The model that wrote it; `nil` for the rules.
  let model: String?
  /// What `why summary` takes; `nil` where the text was never stored.
  let id: Int64?

  /// The text, and who wrote it where that was a model.
  var blocks: [Block] {
    let writer = model.map {
      Block.paragraph(Prose("Written by the language model \(oneLine($0)); each figure was held against the record."))
    }
    return [.paragraph(Prose(text))] + [writer].compactMap { $0 }
  }

  /// The text for programs.
  var json: [(String, JSONValue)] {
    [("text", .string(text))] + (model.map { [("written_by", .string($0))] } ?? [])
  }
}
