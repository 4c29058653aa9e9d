/// What may be spent on models in a day or a run.
package enum SpendingLimit: Hashable, Sendable {
  /// Tokens read and written together.
  case tokens(Int64)
  /// Millionths of a millionth of a dollar.
  case money(Int64)

  /// Reads `200000`, `200k`, `0.50 USD`, `$0.50`; `nil` for anything else.
  package init?(_ text: String) {
    let plain = text.lowercased().filter { $0 != " " && $0 != "_" }
    if plain.hasPrefix("$") || plain.hasSuffix("usd") {
      let number = plain.hasPrefix("$") ? String(plain.dropFirst()) : String(plain.dropLast(3))
      guard let micro = TokenPrice.microDollars(number), micro <= 1_000_000_000_000 else { return nil }
      let (pico, overflow) = micro.multipliedReportingOverflow(by: 1_000_000)
      self = .money(overflow ? .max : pico)
      return
    }
    let scales: [Character: Int64] = ["k": 1_000, "m": 1_000_000]
    let scale = plain.last.flatMap { scales[$0] }
    guard let count = Int64(scale == nil ? plain : String(plain.dropLast())), count >= 0, count < 1 << 40 else {
      return nil
    }
    self = .tokens(count * (scale ?? 1))
  }

  /// For people.
  package var text: String {
    switch self {
    case .tokens(let count): "\(count) tokens"
    case .money(let pico): costText(pico)
    }
  }
}
