import Market
import Synchronization

/// How far this machine's clock is ahead of those of the providers that answer in a run.
final class ClockLead: Sendable {
  private let leads = Mutex<[ProviderName: Int64]>([:])

  /// Seconds from which on it is told.
  private static let tolerated: UInt64 = 120

  /// Looks at the date of an answer; of a provider's answers the nearest counts, as each takes its time.
  func look(at answer: Answer, of provider: ProviderName) {
    guard let lead = answer.clockLead else { return }
    leads.withLock { $0[provider] = $0[provider].map { abs($0) < abs(lead) ? $0 : lead } ?? lead }
  }

  /// What is to be said of the lead over most of them; `nil` where the clocks agree well enough, or nobody told the time.
  var note: String? {
    let sorted = leads.withLock { $0.values.sorted() }
    guard !sorted.isEmpty else { return nil }
    let lead = sorted[sorted.count / 2]
    guard lead.magnitude > ClockLead.tolerated else { return nil }
    let size = lead.magnitude >= 7200 ? "\(lead.magnitude / 3600) hours" : "\(lead.magnitude / 60) minutes"
    return "this machine's clock is \(size) \(lead > 0 ? "ahead of" : "behind") the providers' clocks; "
      + "what is final goes by the earlier of the two. `appliance doctor` says more"
  }
}
