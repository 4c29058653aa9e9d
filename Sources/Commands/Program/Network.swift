import Market
import Transport

/// The network of one run: answers requests, knows what was used of each quota, and is closed at the end.
package protocol Network: Market.Transport {
  /// What was used of each provider's quota and how long it wants to be left alone; for the next run.
  func quotas() async -> [QuotaState]
  /// Ends what is under way with `.cancelled`, and closes all connections.
  func shutDown()
}

/// How the network is to be used, as the settings want it.
package struct NetworkOrder: Sendable {
  /// The providers that may be asked, and where each of them is.
  package let profiles: [ProviderProfile]
  package let addresses: Addresses
  /// By provider; each goes to nobody else.
  package let keys: [ProviderName: Secret]
  package let clock: Clock
  /// What earlier runs used.
  package let quotas: [QuotaState]
  /// Whether providers on this machine are paced too.
  package let pace: HTTPTransport.Pace
  /// The least time between two requests to a provider; `nil` for what each of them wants.
  package let spacing: Duration?
  /// Of the appliance, for `User-Agent`.
  package let version: String
  /// A PEM file of the certificate authorities that are trusted; `nil` for the system's.
  package let authorities: String?
}
