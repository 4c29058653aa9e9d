/// SVG being drawn: shapes by class, coordinates to a tenth.
struct Canvas {
  private(set) var content = ""

  /// Where a text begins, ends or has its middle.
  enum Anchor: String { case start, middle, end }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ name: String) {
    path("M\(Canvas.point(x1, y1))L\(Canvas.point(x2, y2))", name)
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String) {
    content +=
      "<rect class=\"\(name)\" x=\"\(Canvas.number(x))\" y=\"\(Canvas.number(y))\" width=\"\(Canvas.number(width))\" "
      + "height=\"\(Canvas.number(height))\"/>"
  }

  /// Nothing where there is nothing to draw.
  mutating func path(_ commands: String, _ name: String) {
    if !commands.isEmpty { content += "<path class=\"\(name)\" d=\"\(commands)\"/>" }
  }

  mutating func text(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ name: String? = nil) {
    let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    content +=
      "<text\(name.map { " class=\"\($0)\"" } ?? "") x=\"\(Canvas.number(x))\" y=\"\(Canvas.number(y))\"\(anchored)>"
      + "\(HTMLText.escaped(text))</text>"
  }

  /// `12.3`, `12`, `-0.5`
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// `12.3 45`
  static func point(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }

  /// About how wide a text is in the size of labels: by the kinds of its characters in a wide font, as fonts differ.
  static func width(of text: String) -> Double {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar {
      case " ", ".", ",", ":", "·": width + 3.7
      case "0"..."9", "+", "−", "a"..."z": width + 7
      case "A"..."Z", "%": width + 8
      default: width + 9.5
      }
    }
  }
}
