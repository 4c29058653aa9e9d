import Market
import Rendering

/// What a model's tokens cost, in whole numbers: no sum of it is ever rounded.
package struct TokenPrice: Hashable, Sendable {
  /// What holds for prompts of more than so many tokens, for the whole of such a request.
  struct Tier: Hashable, Sendable {
    var above: Int64 = 0
    /// In millionths of a dollar for a million tokens, as are all of them.
    var input: Int64 = 0
    var cached: Int64?
    var write: Int64?
    var output: Int64 = 0
  }

  /// By `above`, the lowest first.
  let tiers: [Tier]
  /// As it was set.
  package let text: String

  /// Reads `input=2,cached=0.10,output=10;above=272000,input=4,output=15`: dollars for a million tokens.
  ///
  /// `nil` for anything else.
  package init?(_ text: String) {
    var tiers: [Tier] = []
    for part in text.split(separator: ";") {
      var tier = Tier()
      var names: Set<String> = []
      for pair in part.split(separator: ",") {
        let sides = pair.split(separator: "=").map { $0.filter { $0 != " " } }
        guard sides.count == 2, names.insert(sides[0]).inserted else { return nil }
        if sides[0] == "above" {
          guard let above = Int64(sides[1]), above >= 0 else { return nil }
          tier.above = above
          continue
        }
        guard let price = TokenPrice.microDollars(sides[1]) else { return nil }
        switch sides[0] {
        case "input": tier.input = price
        case "cached": tier.cached = price
        case "write": tier.write = price
        case "output": tier.output = price
        default: return nil
        }
      }
      guard names.isSuperset(of: ["input", "output"]) else { return nil }
      tiers.append(tier)
    }
    guard tiers.first?.above == 0, tiers.map(\.above) == tiers.map(\.above).sorted() else { return nil }
    self.tiers = tiers
    self.text = text
  }

  /// Dollars as millionths; at most a million dollars, so that no product overflows.
  static func microDollars(_ text: String) -> Int64? {
    guard let value = ExactDecimal(text), !value.isNegative else { return nil }
    let micro = value.shifted(by: 6)
    guard micro.exponent >= 0, micro.exponent < 13, let whole = Int64(micro.text), whole <= 1_000_000_000_000 else {
      return nil
    }
    return whole
  }

  /// What one request cost, in millionths of a millionth of a dollar; `nil` where the tokens are not known.
  package func cost(of usage: TokenUsage) -> Int64? {
    guard let prompt = usage.input, let written = usage.output,
      let tier = tiers.last(where: { $0.above < max(prompt, 1) })
    else { return nil }
    let cached = usage.cached ?? 0
    let write = usage.cacheWrite ?? 0
    let parts = [
      (prompt - cached - write, tier.input), (cached, tier.cached ?? tier.input), (write, tier.write ?? tier.input),
      (written, tier.output),
    ]
    var sum: Int64 = 0
    for (tokens, price) in parts {
      let (product, overflow) = tokens.multipliedReportingOverflow(by: price)
      let (more, tooMuch) = sum.addingReportingOverflow(product)
      if overflow || tooMuch { return nil }
      sum = more
    }
    return sum
  }
}

/// The tokens of one request as its provider told them; `nil` where it did not.
package struct TokenUsage: Hashable, Sendable {
  /// Of the prompt in all, cached ones included.
  package var input: Int64?
  /// Of those, read from a cache.
  package var cached: Int64?
  /// Of those, written to one.
  package var cacheWrite: Int64?
  /// Written in all, thinking included.
  package var output: Int64?
  /// Of those, spent on thinking.
  package var reasoning: Int64?

  /// Usage as far as it is known.
  package init(
    input: Int64? = nil, cached: Int64? = nil, cacheWrite: Int64? = nil, output: Int64? = nil, reasoning: Int64? = nil
  ) {
    self.input = input
    self.cached = cached
    self.cacheWrite = cacheWrite
    self.output = output
    self.reasoning = reasoning
  }

  /// What was written without thinking.
  var visible: Int64? { output.map { $0 - (reasoning ?? 0) } }
}

/// `$0.000123`: millionths of a millionth of a dollar, all digits that are not zero.
package func costText(_ cost: Int64) -> String {
  let value = ExactDecimal(mantissa: Int128(cost), exponent: -12)
  return "$" + (value.exponent > -2 ? value.rounded(to: -12).text : value.text)
}
