import Market

/// A provider's key as the settings have it. The key itself is not in here.
package struct KeySetting: Sendable {
  /// What is known of the value without asking the provider.
  package enum State: Sendable {
    case unset
    /// It could not be sent: why, without saying what it is.
    case unusable(String)
    /// It is what examples put where a key belongs.
    case placeholder
    case set
  }

  let title: String
  let homepage: String
  let isRequired: Bool
  let name: String
  let noun: String
  let page: String
  let origin: String
  /// What is known of its value.
  package let state: State

  /// - Parameters:
  ///   - profile: of the provider.
  ///   - credential: how its key travels.
  ///   - name: of the setting that holds the key.
  ///   - origin: where its value comes from: `environment`.
  package init(of profile: ProviderProfile, _ credential: Credential, name: String, origin: String, state: State) {
    title = profile.title
    homepage = profile.homepage
    isRequired = credential.isRequired
    noun = credential.noun
    page = credential.page ?? profile.homepage
    self.name = name
    self.origin = origin
    self.state = state
  }

  /// Whether a value is what examples put where a key belongs, or too short to be one.
  package static func isPlaceholder(_ value: String) -> Bool {
    let text = value.lowercased()
    return text.utf8.count < 8 || Set(text.utf8).count < 4
      || ["your", "changeme", "change_me", "example", "api_key", "apikey", "placeholder", "<", "todo"].contains {
        text.contains($0)
      }
  }
}

/// Keys: whether they are set and could be keys.
package struct KeyChecks {
  let keys: [KeySetting]

  /// - Parameter keys: of the providers that take one, in the order in which they are listed.
  package init(_ keys: [KeySetting]) { self.keys = keys }

  /// One for each key.
  package var findings: [Finding] { keys.map(finding) }

  private func finding(_ key: KeySetting) -> Finding {
    let subject = "key"
    switch key.state {
    case .unset:
      let effect = key.isRequired ? "is left out" : "answers without"
      let step = key.noun == "key" ? "" : "; put your \(key.noun) into .env as \(key.name)=… to have it asked"
      return .ok(subject, "\(key.name) is not set; \(key.title) \(effect)\(step)")
    case .unusable(let reason):
      let step = key.noun == "key" ? "copy it again from \(key.homepage)" : "\(key.page) says why it is wanted"
      return .problem(subject, "\(key.name) (\(key.origin)): \(reason)", step)
    case .placeholder:
      let text = "\(key.name) (\(key.origin)) does not look like a key"
      return .warning(subject, text, "get one at \(key.homepage), or take the setting out")
    case .set:
      return .ok(subject, "\(key.name) is set (\(key.origin))")
    }
  }
}
