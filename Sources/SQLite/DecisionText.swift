/// Names and values, a line each: what a decision says, as `decision.detail` keeps it. A name may stand several times.
package struct DecisionText {
  private var lines: [(name: String, value: String)] = []

  /// One that says nothing yet.
  package init() {}

  /// As it stands in a file; a line without a colon says nothing.
  package init(_ text: String) {
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      lines.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
    }
  }

  /// As it is kept.
  package var text: String { lines.map { "\($0.name): \($0.value)" }.joined(separator: "\n") }

  /// Takes the first of that name, and writes one in its place; what is `nil` leaves no line.
  package subscript(_ name: String) -> String? {
    get { lines.first { $0.name == name }?.value }
    set {
      lines.removeAll { $0.name == name }
      if let newValue { add(name, newValue) }
    }
  }

  /// All of that name, in their order.
  package func all(_ name: String) -> [String] { lines.filter { $0.name == name }.map(\.value) }

  /// One more of that name; a value is one line, whatever it was.
  package mutating func add(_ name: String, _ value: String) {
    lines.append((name, value.split(whereSeparator: \.isNewline).joined(separator: " ")))
  }
}
