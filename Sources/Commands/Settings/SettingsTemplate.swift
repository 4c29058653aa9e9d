/// The text of a `.env` that explains itself and sets nothing until a `#` is taken away.
struct SettingsTemplate {
  let settings: [Setting]

  var text: String {
    let head = """
      # Settings of the appliance. Take the # before a name away to set it.
      # What the environment or a flag says goes before what stands here.

      """
    return head + settings.map(SettingsTemplate.entry).joined()
  }

  private static func entry(_ setting: Setting) -> String {
    "\n# \(setting.help)\n#\(setting.name)=\(setting.fallback ?? "")\n"
  }
}
