/// A text about one day of an asset or of the market, with the facts that it was made from.
package struct SummaryRow: Hashable, Sendable {
  /// The UTC day that it is about.
  package let day: Day
  /// `nil` for the summary of the market.
  package let asset: String?
  /// What it is about: `day`.
  package let kind: String
  /// For whom it was written, where that makes a difference; else empty.
  package let profile: String
  /// Who wrote it: `rule-1` for the first edition of the rules, or the name of a model.
  package let maker: String
  /// The call of the model whose answer it is; `nil` for what rules wrote.
  package let call: Int64?
  /// What it says, as it is shown to people.
  package let text: String
  /// The facts used, as a JSON object.
  package let facts: String

  /// A summary; day, asset, kind, profile and maker together tell it from all others.
  package init(
    day: Day, asset: String?, kind: String = "day", profile: String = "", maker: String, call: Int64? = nil,
    text: String, facts: String
  ) {
    self.day = day
    self.asset = asset
    self.kind = kind
    self.profile = profile
    self.maker = maker
    self.call = call
    self.text = text
    self.facts = facts
  }
}
