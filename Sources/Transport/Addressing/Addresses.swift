import Market

/// Where each provider is asked: at its own address, or where the settings moved it.
///
/// A moved address replaces scheme, host and port; the path that the provider's own address has is kept behind it.
/// `http://127.0.0.1:8080` for a provider at `https://api.coingecko.com/api/v3` gives `http://127.0.0.1:8080/api/v3`.
/// Requests that name another host are moved along; `Place` says where to.
package struct Addresses: Sendable {
  private let places: [ProviderName: Place]

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
      let own =
        profile.baseURL.isEmpty
        ? nil : try Addresses.read(profile.baseURL, setting: "base address of \(profile.title)")
      if let text = moved[profile.name] {
        let setting = "APPLIANCE_\(profile.name.settingName)_BASE_URL"
        let root = try Addresses.read(text, setting: setting)
        places[profile.name] = Place(own: own, hosts: profile.hosts, movedTo: root, folder: "")
      } else if let text = everything {
        let root = try Addresses.read(text, setting: "APPLIANCE_BASE_URL")
        let folder = "/\(profile.name.pathName)"
        places[profile.name] = Place(own: own, hosts: profile.hosts, movedTo: root, folder: folder)
      } else {
        places[profile.name] = Place(own: own, hosts: profile.hosts)
      }
    }
    self.places = places
  }

  /// Scheme, host, port and path prefix, without a slash at the end; `nil` for a provider that was not given, or that has
  /// no address of its own.
  package func base(of provider: ProviderName) -> String? { places[provider]?.base }

  /// Whether the provider was moved to this machine: then it is neither paced nor rationed.
  package func isLoopback(_ provider: ProviderName) -> Bool { places[provider]?.root?.isLoopback ?? false }

  /// Whether the provider is asked on this machine, or where its address says itself that it lies in a private network.
  package func isInside(_ provider: ProviderName) -> Bool {
    guard let base = places[provider]?.base, let address = WebAddress(base) else { return false }
    return address.isLoopback || address.leadsInside(permitting: [])
  }

  /// Whether a setting moved the provider.
  package func isMoved(_ provider: ProviderName) -> Bool { places[provider]?.root != nil }

  func place(of provider: ProviderName) -> Place? { places[provider] }

  private static func read(_ text: String, setting: String) throws(AddressError) -> WebAddress {
    guard let address = WebAddress(text) else { throw AddressError(setting: setting, text: text, fault: .notAnAddress) }
    if address.hasUser { throw AddressError(setting: setting, text: address.origin, fault: .hasUser) }
    if address.query != nil || address.hasFragment {
      throw AddressError(setting: setting, text: address.origin + address.path, fault: .hasQuery)
    }
    return address
  }
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
