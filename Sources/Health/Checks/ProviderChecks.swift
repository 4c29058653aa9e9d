import Market
import Rendering

/// Whether each provider can be reached, asked side by side; and what their clocks say.
package struct ProviderChecks {
  let profiles: [ProviderProfile]
  let transport: any Transport

  /// - Parameters:
  ///   - profiles: of the providers, in the order in which they are listed.
  ///   - transport: whoever is to carry the questions.
  package init(_ profiles: [ProviderProfile], over transport: any Transport) {
    self.profiles = profiles
    self.transport = transport
  }

  /// Seconds that one request may take, and that all of it may take with every further try.
  private static let timeLimit = 6
  private static let patience = Duration.seconds(12)

  /// One provider's probe.
  package struct Probe: Sendable {
    let profile: ProviderProfile
    /// The last one; `nil` where it was not asked.
    let attempt: Attempt?
  }

  /// Probes in the order in which providers are listed.
  package func probes() async -> [Probe] {
    await withTaskGroup(of: Probe?.self) { group in
      for profile in profiles {
        group.addTask {
          let roundTrip = await transport.roundTrip(profile.probe.limited(toSeconds: ProviderChecks.timeLimit))
          return Probe(profile: profile, attempt: roundTrip.attempts.last)
        }
      }
      group.addTask {
        try? await Task.sleep(for: ProviderChecks.patience)  // Cut short when everybody has answered.
        return nil
      }
      var answered: [ProviderName: Probe] = [:]
      for await probe in group {
        if let probe { answered[probe.profile.name] = probe } else { group.cancelAll() }
        if answered.count == profiles.count { group.cancelAll() }
      }
      return profiles.compactMap { answered[$0.name] }
    }
  }

  /// A finding for each, and one more where nobody answered.
  package static func findings(of probes: [Probe]) -> [Finding] {
    let findings = probes.map(finding)
    let isCutOff = !probes.isEmpty && !probes.contains { $0.answer != nil }
    return findings + (isCutOff ? [offline] : [])
  }

  private static let offline = Finding.problem(
    "network", "no provider can be reached", "look at the connection, a proxy, a firewall; `--offline` leaves this out")

  private static func finding(_ probe: Probe) -> Finding {
    let name = probe.profile.name.description
    guard let attempt = probe.attempt else { return .warning(name, "was not asked", "try again") }
    switch attempt.result {
    case .failure(.keyMissing(let setting)):
      return .ok(name, "not asked: it needs a key in \(setting)")
    case .failure(.cancelled):
      return .warning(name, "no answer in \(humanDuration(patience))", "try again later; a run goes on with the others")
    case .failure:
      return .warning(name, attempt.failure ?? "", "a run goes on with the others")
    case .success(let answer):
      return finding(answer, probe.profile, attempt)
    }
  }

  private static func finding(_ answer: Answer, _ profile: ProviderProfile, _ attempt: Attempt) -> Finding {
    let name = profile.name.description
    if case .throttled = profile.verdict(answer) {
      return .warning(name, "says that it was asked too often", "wait a while; a run does so by itself")
    }
    switch answer.status {
    case 200..<400:
      return .ok(name, "answers at \(host(of: attempt.url)) in \(humanDuration(attempt.elapsed))")
    case 401:
      guard let credential = profile.credential else {
        return .problem(name, "refuses us (HTTP 401)", "see \(profile.homepage)")
      }
      return .problem(
        name, "refuses the key in \(credential.setting) (HTTP 401)",
        "check \(credential.setting); \(credential.page ?? profile.homepage) gives keys")
    case 403, 451:
      return .warning(
        name, "does not serve this place, or not a program (HTTP \(answer.status))", "a run goes on with the others")
    case 418, 429:
      return .warning(name, "was asked too often (HTTP \(answer.status))", "wait a while; a run does so by itself")
    default:
      return .warning(name, "answers with HTTP \(answer.status)", "try again later; a run goes on with the others")
    }
  }

  /// Scheme, host and port.
  private static func host(of url: String) -> Substring {
    guard let scheme = url.firstRange(of: "://") else { return url[...] }
    return url[..<(url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex)]
  }
}

extension ProviderChecks.Probe {
  var answer: Answer? { attempt.flatMap { try? $0.result.get() } }

  /// Seconds by which our clock is ahead of the provider's.
  package var clockLead: Int64? { answer?.clockLead }
}
