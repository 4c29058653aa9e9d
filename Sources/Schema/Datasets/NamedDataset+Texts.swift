import Market

extension NamedDataset {
  /// Of each subject the text that is shown: a model's where there is a good one, else the rules'.
  package static let shownSummary = summary(where: shown)

  /// Texts about a day, by rule and by model side by side.
  ///
  /// - Parameter condition: which of them, in SQL.
  static func summary(where condition: String) -> NamedDataset {
    NamedDataset(
      name: "summary", title: "texts about a day, and the facts behind them",
      columns: [
        .fact("summary_id", .integer), .fact("as_of_date", .text, "summary.day"),
        .fact("asset", .text, "asset.symbol"), .fact("kind", .text, "summary.kind").minor,
        .fact("profile", .text, "summary.profile").minor, .fact("maker", .text, "summary.maker"),
        .fact("call_id", .integer, "summary.call_id").reference,
        .fact("is_current", .integer, isCurrent).minor, .fact("text", .text, "summary.text"),
        .fact("facts", .text, "summary.facts").minor,
      ],
      rhythm: .daily,
      layout: .plain(
        from: "summary LEFT JOIN asset ON asset.asset_id = summary.asset_id", where: condition,
        order: "summary.day, asset.symbol, summary.kind, summary.profile, summary.call_id IS NOT NULL, summary.maker"),
      asset: "summary.asset_id", time: .day("summary.day"))
  }

  /// What was asked of language models, what it cost, and what of their answers was not believed.
  static let modelCall = NamedDataset(
    name: "model_call", title: "what models were asked, and what became of it",
    columns: [
      .fact("call_id", .integer), .fact("fetch_id", .integer, "model_call.fetch_id").reference,
      .instant("asked_at", "fetch.asked_at"), .fact("purpose", .text), .fact("provider", .text),
      .fact("model", .text), .fact("outcome", .text), .fact("tokens_in", .integer), .fact("tokens_out", .integer),
      .fact("tokens_reasoning", .integer).minor, .fact("cost", .integer), .fact("price", .text).minor,
      .fact("is_estimate", .integer).minor, .fact("input_sha256", .text, "lower(hex(input_sha256))").minor,
      .fact("dropped", .text).minor,
    ],
    rhythm: .daily,
    layout: .plain(from: "model_call JOIN fetch ON fetch.fetch_id = model_call.fetch_id", order: "call_id"),
    asset: nil, time: .instant("fetch.asked_at"))

  /// Texts about the same day, asset, kind and profile as the one in hand.
  private static func others(_ name: String, where condition: String) -> String {
    """
    FROM summary AS \(name)
    WHERE \(name).day = summary.day AND coalesce(\(name).asset_id, 0) = coalesce(summary.asset_id, 0)
      AND \(name).kind = summary.kind AND \(name).profile = summary.profile AND \(condition)
    """
  }

  /// Whether a text was made from the facts that stand now, which are those of the rules' own; as the rules have no other.
  private static let isCurrent =
    "(summary.call_id IS NULL OR EXISTS (SELECT 1 \(others("told", where: "told.call_id IS NULL AND told.facts = summary.facts"))))"

  private static let shown = """
    CASE WHEN summary.call_id IS NULL
      THEN NOT EXISTS (SELECT 1 \(others("made", where: "made.call_id IS NOT NULL AND made.facts = summary.facts")))
      ELSE \(isCurrent)
        AND NOT EXISTS (SELECT 1 \(others("later", where: "later.call_id > summary.call_id AND later.facts = summary.facts")))
    END
    """
}
