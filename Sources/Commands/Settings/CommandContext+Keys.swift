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
    }
    return keys
  }

  /// What is known of each key, of the providers that take one.
  var keySettings: [KeySetting] {
    profiles.compactMap { profile in
      guard let setting = Setting.key(of: profile), let credential = profile.credential else { return nil }
      let (value, origin) = settings.lookup(setting)
      return KeySetting(
        of: profile, credential, name: setting.name, origin: origin.description, state: CommandContext.state(of: value))
    }
  }

  private static func state(of value: String?) -> KeySetting.State {
    guard let value else { return .unset }
    do throws(SecretError) { _ = try Secret(value) } catch { return .unusable("\(error)") }
    return KeySetting.isPlaceholder(value) ? .placeholder : .set
  }
}
