import Market
import Metrics

extension QualityReport {
  /// The fields of the table for programs, with all that is beyond a threshold and the numbers of each trend.
  package var json: JSONValue {
    [
      "version": 1, "at": .string(now.description),
      "from": .string(days.lowerBound.description), "to": .string(days.upperBound.description),
      "checks": .array(lines.map(\.json)), "unchecked_series": .integer(Int64(unchecked)),
      "gate": [
        "passed": .bool(failed.isEmpty), "failed": .array(failed.map { .string($0.check.name) }),
      ],
    ]
  }
}

extension QualityReport.Line {
  fileprivate var json: JSONValue {
    [
      "check": .string(check.name), "meaning": .string(check.meaning), "method": .string(check.method),
      "unit": .string(check.unit.word), "value": .optional(value), "threshold": .optional(threshold),
      "threshold_set": .bool(isThresholdSet), "verdict": .string(verdict.rawValue),
      "observations": .integer(Int64(observations)), "worst": .optional(worst?.name),
      "worst_day": .optional(day?.description),
      "beyond": .array(
        beyond.map { found in
          [
            "scope": .string(found.subject.scope), "subject": .string(found.subject.name),
            "day": .string(found.day.description), "value": .number(found.value),
            "observations": .integer(Int64(found.observations)),
          ]
        }),
      "trend": .array(
        trend.map { ["day": .string($0.day.description), "value": .optional($0.value)] }),
      "next": .string(check.next),
    ]
  }
}

extension QualityCheck.Unit {
  /// `fraction`, `rows`, `fraction missing`
  package var word: String {
    switch self {
    case .fraction: "fraction"
    case .missing: "fraction missing"
    case .count(let noun): noun == "series" ? noun : noun + "s"
    }
  }
}
