extension StepReport {
  /// What a run says of it to programs; what is not known is left out.
  package var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .string(name.rawValue))]
    if let asset { members.append(("asset", .string(asset))) }
    if let source { members.append(("source", .string(source.description))) }
    // Of what has no asset there may be many at one source.
    if let series, series.dataset == .macroObservation { members.append(("series", .string(series.providerSymbol))) }
    if let title { members.append(("series", .string(title))) }
    if let series, series.dataset == .bar { members.append(("interval", .string(series.interval.rawValue))) }
    members.append(("outcome", .string(outcome.rawValue)))
    if let reason { members.append(("reason", .string(reason.rawValue))) }
    if let detail { members.append(("detail", .string(detail))) }
    members += [
      ("new", .integer(Int64(counts.new))), ("changed", .integer(Int64(counts.changed))),
      ("unchanged", .integer(Int64(counts.unchanged))), ("refused", .integer(Int64(counts.refused))),
      ("requests", .integer(Int64(counts.requests))), ("bytes", .integer(Int64(counts.bytes))),
      ("seconds", .number((seconds * 1000).rounded() / 1000)),
    ]
    return .object(members)
  }
}
