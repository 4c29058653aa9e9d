/// How the numbers of a table are spelled: what stands before their fraction and between their groups of three digits.
///
/// `1,234.5` is the form of a decimal point and groups by comma, `1.234,5` of a decimal comma and groups by point.
package struct NumberForm: Hashable, Sendable {
  /// What stands before the fraction.
  package enum Mark: String, CaseIterable, Hashable, Sendable { case point, comma }

  /// What stands between groups of three digits.
  package enum Grouping: String, CaseIterable, Hashable, Sendable {
    /// Nothing may: no number showed yet what the decimal mark is, so a separator could be either.
    case none
    /// None was seen; the first that comes is read, since the decimal mark is known.
    case open
    case comma, point, apostrophe
    /// A space, also one that does not break or is thin.
    case blank
  }

  /// What stands before the fraction.
  package let mark: Mark
  /// What stands between groups.
  package let grouping: Grouping
  /// The sign of the currency that some numbers bear; `nil` where none does.
  package let currency: String?

  /// A form; the grouping must not be by the decimal mark.
  package init(_ mark: Mark, grouping: Grouping = .open, currency: String? = nil) {
    self.mark = mark
    self.grouping = grouping
    self.currency = currency
  }

  /// Digits with a decimal point and nothing between groups, as nearly all programs write them.
  package static let plain = NumberForm(.point)

  /// How such numbers look: `1.234,56`, `$1,234.56`.
  package var example: String {
    let between =
      switch grouping {
      case .none, .open: ""
      case .comma: ","
      case .point: "."
      case .apostrophe: "'"
      case .blank: " "
      }
    return "\(currency ?? "")1\(between)234\(mark == .point ? "." : ",")56"
  }
}

extension NumberForm {
  /// As it is stored with an import: `comma point`, `point comma $`.
  package var stored: String {
    ([mark.rawValue, grouping.rawValue] + (currency.map { [$0] } ?? [])).joined(separator: " ")
  }

  /// The form of a stored text; `nil` when it is none.
  package init?(stored: String) {
    let words = stored.split(separator: " ").map(String.init)
    guard (2...3).contains(words.count), let mark = Mark(rawValue: words[0]),
      let grouping = Grouping(rawValue: words[1])
    else { return nil }
    self.init(mark, grouping: grouping, currency: words.count == 3 ? words[2] : nil)
  }
}
