/// Settings as a `.env` file, without secrets.
func settingsText(_ settings: [Backups.Setting]) -> String {
  settings.map { setting in
    isSecret(setting.name) ? "# \(setting.name) is left out\n" : "\(setting.name)=\(settingValue(setting.value))\n"
  }.joined()
}

/// Whether a setting's name says that its value must not leave the machine.
func isSecret(_ name: String) -> Bool {
  let name = name.uppercased()
  return ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSPHRASE"].contains { name.hasSuffix($0) }
}

/// Bare where nothing in it means anything to a reader of such files, else in double quotes.
private func settingValue(_ value: String) -> String {
  let isPlain = value.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_-./:,+@%".utf8.contains(byte)
    }
  }
  if isPlain { return value }
  let escaped = value.unicodeScalars.map { scalar in
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\"", "\\", "$": "\\\(scalar)"
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}
