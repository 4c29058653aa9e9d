import Health
import Market
import Transport

extension CommandContext {
  /// Keys that are set, by provider.
  package func keys() throws -> [ProviderName: Secret] {
    var keys: [ProviderName: Secret] = [:]
    for profile in askedProfiles {
      guard let setting = Setting.key(of: profile), let text = settings[setting] else { continue }
      do {
        keys[profile.name] = try Secret(text)
      } catch {
        throw Failure(.usage, "\(setting.name): \(error)")
      }
      if let objection = profile.credential?.objection(to: text) {
        throw Failure(.usage, "\(setting.name): \(objection)")
      }
    }
    return keys
  }

  /// What is known of each key, of the providers that take one.
  var keySettings: [KeySetting] {
    profiles.compactMap { profile in
      guard let setting = Setting.key(of: profile), let credential = profile.credential else { return nil }
      let (value, origin) = settings.lookup(setting)
      return KeySetting(
        of: profile, credential, name: setting.name, origin: origin.description,
        state: CommandContext.state(of: value, credential))
    }
  }

  private static func state(of value: String?, _ credential: Credential) -> KeySetting.State {
    guard let value else { return .unset }
    do throws(SecretError) { _ = try Secret(value) } catch { return .unusable("\(error)") }
    if let objection = credential.objection(to: value) { return .unusable(objection) }
    if credential.carrier == .userAgent { return .set }
    return KeySetting.isPlaceholder(value) ? .placeholder : .set
  }
}
