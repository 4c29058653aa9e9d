/// Text from outside on one line: control characters and white space of any kind become single spaces.
func oneLine(_ text: String) -> String {
  var line = String.UnicodeScalarView()
  var isGap = false
  for scalar in text.unicodeScalars {
    if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
      isGap = !line.isEmpty
    } else {
      if isGap { line.append(" ") }
      isGap = false
      line.append(scalar)
    }
  }
  return String(line)
}

/// `a`, `a and b`, `a, b and c`
func enumeration(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}

/// `1 hour`, `2 hours`
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
