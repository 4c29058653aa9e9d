import Market
import Rendering

/// Whether the time that everything is judged by can be true.
package struct ClockCheck {
  let clock: Clock
  /// Start of the newest run of the file; `nil` without one.
  let lastRun: Instant?
  /// Seconds by which the clock is ahead, a provider each; empty when nobody was asked.
  let leads: [Int64]

  package init(clock: Clock, lastRun: Instant?, leads: [Int64]) {
    self.clock = clock
    self.lastRun = lastRun
    self.leads = leads
  }

  /// A bar may be taken as final a minute after its end: a clock that is off by as much tells wrong.
  private static let tolerated: Int64 = 30
  private static let dangerous: Int64 = 60
  /// Nothing of this program ran before.
  private static let earliest = Instant(epochSeconds: 1_735_689_600)
  private static let latest = Instant(epochSeconds: 4_102_444_800)

  /// What is to be said of it.
  package var finding: Finding {
    let now = clock.now
    if clock.isSet { return .ok("clock", "\(now), set by APPLIANCE_NOW") }
    let hint = "set the machine's clock; `timedatectl` tells whether it follows the network's"
    guard (ClockCheck.earliest..<ClockCheck.latest).contains(now) else {
      return .problem("clock", "\(now) cannot be true", hint)
    }
    if let lead = median, abs(lead) > ClockCheck.tolerated {
      let text =
        "\(now) is \(humanDuration(seconds: abs(lead))) \(lead > 0 ? "ahead of" : "behind") the providers' clocks"
      return abs(lead) > ClockCheck.dangerous ? .problem("clock", text, hint) : .warning("clock", text, hint)
    }
    if let lastRun, now < lastRun {
      return .warning("clock", "\(now) lies before the last run, \(lastRun)", hint)
    }
    return .ok("clock", "\(now)" + (median == nil ? "" : ", as the providers' clocks say"))
  }

  /// Of the leads, so that one provider's wrong clock does no harm.
  private var median: Int64? { leads.isEmpty ? nil : leads.sorted()[leads.count / 2] }
}
