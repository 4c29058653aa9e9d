import Market
import Transport

/// A setting as `config show` shows it: what is in force, and why. Keys and passwords are left out.
struct ShownSetting {
  let setting: Setting
  /// `nil` when nothing is set and there is no default. A secret's must not be printed; see `text`.
  let value: String?
  let origin: String

  var text: String {
    if setting.isSecret { return value == nil ? "not set" : "set" }
    return value ?? "not set"
  }

  /// All settings, in their order.
  static func all(of context: CommandContext) -> [ShownSetting] {
    let settings = context.settings
    let moved = movedAddresses(context)
    return settings.known.map { setting in
      if setting == .home {
        return ShownSetting(setting: setting, value: settings.home.path, origin: settings.home.origin)
      }
      let (value, origin) = settings.lookup(setting)
      if origin == .fallback, let address = moved[setting.name] {
        return ShownSetting(setting: setting, value: withoutPassword(address), origin: Setting.baseURL.name)
      }
      let shown = setting.isSecret ? value : value.map(withoutPassword)
      return ShownSetting(setting: setting, value: shown, origin: value == nil ? "" : origin.description)
    }
  }

  /// Where `APPLIANCE_BASE_URL` moves the providers that have no address of their own, by the name of their setting.
  private static func movedAddresses(_ context: CommandContext) -> [String: String] {
    guard let base = context.settings.explicit(.baseURL) else { return [:] }
    var addresses: [String: String] = [:]
    for profile in context.profiles {
      // An address that cannot be read is shown as it was set, beside APPLIANCE_BASE_URL itself.
      let moved = try? Addresses(of: [profile], everything: base).base(of: profile.name)
      addresses[Setting.baseURL(of: profile).name] = moved
    }
    return addresses
  }

  /// An address without the user and password that somebody may have put into it.
  static func withoutPassword(_ text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return text }
    let rest = text[scheme.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return text }
    return text[..<scheme.upperBound] + "…" + rest[at...]
  }
}
