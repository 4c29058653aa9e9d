import Market
import Metrics
import Rendering

extension QualityCheck {
  /// A value as people read it: `0.012 %`, `98.5 %` of what was due, `3 rows`.
  package func text(of value: Double) -> String {
    switch unit {
    case .fraction: QualityCheck.percent(value)
    case .missing: QualityCheck.percent(1 - value)
    case .count("series"): groupedText(Int64(value)) + " series"
    case .count(let noun): counted(Int(value), noun)
    }
  }

  /// What is let pass: `≤ 0.1 %`, `≥ 95 %`; a dash for anything.
  package func text(ofThreshold threshold: Double?) -> String {
    guard let threshold else { return "–" }
    switch unit {
    case .missing: return "≥ " + text(of: threshold)
    case .fraction: return "≤ " + text(of: threshold)
    case .count: return "≤ " + groupedText(Int64(threshold))
    }
  }

  /// Two digits that matter, and none at the end that say nothing; what is not all of it never looks like it.
  private static func percent(_ fraction: Double) -> String {
    let value = fraction * 100
    let rest = min(value.magnitude, fraction > 0.5 ? (100 - value).magnitude : value.magnitude)
    var (decimals, unit) = (2, 0.1)
    while rest > 0, rest < unit, decimals < 9 { (decimals, unit) = (decimals + 1, unit / 10) }
    var text = fixedText(value, decimals: decimals)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + " %"
  }
}

extension QualityMeasurement.Subject {
  /// As people read it: the symbol, `crypto prices`, `all`; text from outside, not escaped here.
  package var words: String {
    switch self {
    case .asset(let symbol): symbol
    case .group(let name): name.replacing("_", with: " ")
    case .all: "all"
    }
  }
}

extension QualityReport.Line {
  /// What is too much, worst first: `BTC 0.4 % on 2025-09-18, and 3 more`; `nil` where nothing is.
  package func trouble(atMost count: Int = 3) -> String? {
    guard verdict == .failed else { return nil }
    let named = beyond.prefix(count).map { found in
      let day = check.basis == .facts ? " on \(found.day)" : ""
      return "\(found.subject.words) \(check.text(of: found.value))\(day)"
    }
    guard !named.isEmpty else { return value.map(check.text) }
    let more = beyond.count > named.count ? ["and \(groupedText(Int64(beyond.count - named.count))) more"] : []
    return (named + more).joined(separator: ", ")
  }

  /// The command that shows more, without the program.
  package var next: String {
    if check == .sources, case .asset(let symbol)? = worst { return "compare \(shellWord(symbol))" }
    return check.next
  }
}
