/// A drawing as the inside of an SVG element. Colours come from the style sheet of the page it stands on, so that it
/// follows the page into the dark and onto paper.
///
/// Its unit is a pixel at the width of a phone; on wider screens it grows with everything in it.
package struct Drawing: Hashable, Sendable {
  let width: Double
  let height: Double
  let content: String

  /// The usual width: a phone held upright, less its margins.
  static let usualWidth = 360.0

  /// An SVG element.
  ///
  /// - Parameters:
  ///   - alternative: what is to be seen in it, in words.
  ///   - class: of the element; one that stands in a line of text bears its size, others take the room there is.
  func svg(alternative: String, class name: String? = nil) -> String {
    let size = "\(Canvas.number(width)) \(Canvas.number(height))"
    let fixed = name.map { name in
      " class=\"\(name)\" width=\"\(Canvas.number(width))\" height=\"\(Canvas.number(height))\""
    }
    return "<svg viewBox=\"0 0 \(size)\"\(fixed ?? "") role=\"img\" aria-label=\"\(HTMLText.escaped(alternative))\">"
      + content + "</svg>"
  }
}
