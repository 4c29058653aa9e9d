/// What a company or a fund did that moves the price of a share without moving its worth.
package enum CorporateActionKind: String, CaseIterable, Hashable, Sendable {
  /// New shares for old ones: the value is how many a holder has for each one of before.
  case split
  /// Money paid for each share.
  case dividend
  /// The same, out of what a fund earned by selling.
  case capitalGain = "capital_gain"
}

/// One such act, on the day from which the shares are traded without it.
package struct CorporateAction: Hashable, Sendable {
  /// The first session after it: for money the ex-date.
  package let day: Day
  /// What was done.
  package let kind: CorporateActionKind
  /// New shares for an old one, or money a share in `currency`.
  package let value: Double
  /// Of the money, where the source says it; `nil` for splits, and where it is that of the prices.
  package let currency: String?

  /// An act as given; nobody checks here that it can be.
  package init(day: Day, kind: CorporateActionKind, value: Double, currency: String? = nil) {
    self.day = day
    self.kind = kind
    self.value = value
    self.currency = currency
  }
}

extension CorporateAction {
  /// More new shares than this for an old one, or fewer than one for as many, never came of a split.
  package static let largestSplit = 1e5

  /// Why an act cannot be; `nil` for a possible one.
  package var fault: String? {
    switch kind {
    case .split:
      value > 1 / CorporateAction.largestSplit && value < CorporateAction.largestSplit
        ? nil : "a split of \(value) new shares for one"
    case .dividend, .capitalGain:
      value > 0 && value <= BarRule.largestPrice ? nil : "\(value) paid for a share"
    }
  }

  /// Out of the columns of `FactShape.corporateAction`; `nil` for a row of another kind.
  package init?(_ row: FactRow) {
    guard case .day(let day)? = row.key.parts.first, let kind = row.key.text.flatMap(CorporateActionKind.init),
      let value = row.values.first?.number
    else { return nil }
    self.init(day: day, kind: kind, value: value, currency: row.values.last?.label)
  }

  /// In the columns of `FactShape.corporateAction`.
  package var row: FactRow {
    FactRow(key: FactKey(.day(day), .text(kind.rawValue)), values: [FigureValue(value), FigureValue(currency)])
  }
}

extension Facts {
  /// Splits, dividends, capital gains.
  package static func actions(_ actions: [CorporateAction]) -> Facts { .rows(.corporateAction, actions.map(\.row)) }
}

extension FactShape {
  /// Acts, keyed by the day from which they count and what they are.
  package static let corporateAction = FactShape(
    .corporateAction, key: [.init("day", .day), .init("kind", .text)],
    values: [.init(.value, .real), .init(.currency, .text, mayBeAbsent: true)])
}
