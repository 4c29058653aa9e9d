/// Text from outside on one line: white space of any kind, control characters and marks that turn the direction of
/// writing become single spaces.
func oneLine(_ text: String) -> String {
  var line = String.UnicodeScalarView()
  var isGap = false
  for scalar in text.unicodeScalars {
    if isBlank(scalar) {
      isGap = !line.isEmpty
    } else {
      if isGap { line.append(" ") }
      isGap = false
      line.append(scalar)
    }
  }
  return String(line)
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
  default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }
}
