import Market

/// Where each provider is asked: at its own address, or where the settings moved it.
///
/// A moved address replaces scheme, host and port; the path that the provider's own address has is kept behind it.
/// `http://127.0.0.1:8080` for a provider at `https://api.coingecko.com/api/v3` gives `http://127.0.0.1:8080/api/v3`.
package struct Addresses: Sendable {
  private let places: [ProviderName: Place]

  struct Place: Hashable, Sendable {
    /// Scheme, host, port and path prefix, without a slash at the end.
    let base: String
    let address: WebAddress
    /// Whether a setting put it there: only then may it lie in a private network.
    let isMoved: Bool
  }

  /// - Parameters:
  ///   - profiles: all providers that will be asked.
  ///   - everything: `APPLIANCE_BASE_URL`: all of them, each under its `pathName`.
  ///   - moved: `APPLIANCE_<PROVIDER>_BASE_URL` by provider; goes before `everything`.
  /// - Throws: `AddressError`, which names the setting, for a text that is no usable address.
  package init(
    of profiles: [ProviderProfile], everything: String? = nil, moved: [ProviderName: String] = [:]
  ) throws(AddressError) {
    var places: [ProviderName: Place] = [:]
    for profile in profiles {
      let own = try Addresses.read(profile.baseURL, setting: "base address of \(profile.title)")
      if let text = moved[profile.name] {
        let setting = "APPLIANCE_\(profile.name.settingName)_BASE_URL"
        places[profile.name] = try Addresses.place(text, setting: setting, under: "", own: own)
      } else if let text = everything {
        let folder = "/\(profile.name.pathName)"
        places[profile.name] = try Addresses.place(text, setting: "APPLIANCE_BASE_URL", under: folder, own: own)
      } else {
        places[profile.name] = Place(base: own.base, address: own, isMoved: false)
      }
    }
    self.places = places
  }

  /// Scheme, host, port and path prefix, without a slash at the end; `nil` for a provider that was not given.
  package func base(of provider: ProviderName) -> String? { places[provider]?.base }

  /// Whether the provider was moved to this machine: then it is neither paced nor rationed.
  package func isLoopback(_ provider: ProviderName) -> Bool {
    places[provider].map { $0.isMoved && $0.address.isLoopback } ?? false
  }

  /// Whether a setting moved the provider.
  package func isMoved(_ provider: ProviderName) -> Bool { places[provider]?.isMoved ?? false }

  func place(of provider: ProviderName) -> Place? { places[provider] }

  private static func place(
    _ text: String, setting: String, under folder: String, own: WebAddress
  ) throws(AddressError) -> Place {
    let address = try read(text, setting: setting)
    return Place(base: address.base + folder + own.prefix, address: address, isMoved: true)
  }

  private static func read(_ text: String, setting: String) throws(AddressError) -> WebAddress {
    guard let address = WebAddress(text) else { throw AddressError(setting: setting, text: text, fault: .notAnAddress) }
    if address.hasUser { throw AddressError(setting: setting, text: address.origin, fault: .hasUser) }
    if address.query != nil || address.hasFragment {
      throw AddressError(setting: setting, text: address.origin + address.path, fault: .hasQuery)
    }
    return address
  }
}

extension WebAddress {
  /// The path without a slash at its end; empty for the root.
  fileprivate var prefix: String {
    var prefix = path[...]
    while prefix.hasSuffix("/") { prefix.removeLast() }
    return String(prefix)
  }

  fileprivate var base: String { origin + prefix }
}

/// A setting that should hold an address and does not.
package struct AddressError: Error, Hashable, Sendable {
  /// What is wrong with an address that was set.
  package enum Fault: Hashable, Sendable { case notAnAddress, hasUser, hasQuery }

  /// The setting that holds the text.
  package let setting: String
  /// What it holds, without user and password.
  package let text: String
  package let fault: Fault
}

extension AddressError: CustomStringConvertible {
  package var description: String {
    switch fault {
    case .notAnAddress:
      "\(setting): '\(text)' is not an address; write http:// or https:// and a host, such as http://127.0.0.1:8080"
    case .hasUser: "\(setting): \(text) must not carry a user or a password"
    case .hasQuery: "\(setting): \(text) must end with its path, without '?' or '#'"
    }
  }
}
