import Market
import Transport

/// Keys: whether they are set and could be keys. Their values are never shown.
struct KeyChecks {
  let context: CommandContext

  var findings: [Finding] { context.profiles.compactMap(finding) }

  private func finding(_ profile: ProviderProfile) -> Finding? {
    guard let setting = Setting.key(of: profile), let credential = profile.credential else { return nil }
    let subject = "key"
    let (value, origin) = context.settings.lookup(setting)
    guard let value else {
      let means = credential.isRequired ? "\(profile.title) is left out" : "\(profile.title) answers without"
      return .ok(subject, "\(setting.name) is not set; \(means)")
    }
    do throws(SecretError) {
      _ = try Secret(value)
    } catch {
      return .problem(
        subject, "\(setting.name) (\(origin.description)): \(error)", "copy it again from \(profile.homepage)")
    }
    if KeyChecks.isPlaceholder(value) {
      let text = "\(setting.name) (\(origin.description)) does not look like a key"
      return .warning(subject, text, "get one at \(profile.homepage), or take the setting out")
    }
    return .ok(subject, "\(setting.name) is set (\(origin.description))")
  }

  /// What examples put where a key belongs, and what is too short to be one.
  static func isPlaceholder(_ value: String) -> Bool {
    let text = value.lowercased()
    return text.utf8.count < 8 || Set(text.utf8).count < 4
      || ["your", "changeme", "change_me", "example", "api_key", "apikey", "placeholder", "<", "todo"].contains {
        text.contains($0)
      }
  }
}
