import Market

/// How far this machine's clock is ahead of those of most providers that answered.
struct ClockLead {
  private let seconds: Int64

  /// Seconds from which on it is told.
  private static let tolerated: Int64 = 120

  /// - Parameter leads: one of each provider; `nil` for none.
  init?(_ leads: [ProviderName: Int64]) {
    let sorted = leads.values.sorted()
    guard !sorted.isEmpty else { return nil }
    seconds = sorted[sorted.count / 2]
  }

  /// What is said of it; `nil` where the clocks agree well enough.
  var note: String? {
    guard seconds.magnitude > ClockLead.tolerated else { return nil }
    let size = seconds.magnitude >= 7200 ? "\(seconds.magnitude / 3600) hours" : "\(seconds.magnitude / 60) minutes"
    return "this machine's clock is \(size) \(seconds > 0 ? "ahead of" : "behind") the providers' clocks; "
      + "what is final goes by the earlier of the two. `appliance doctor` says more"
  }
}
