/// What a table is drawn on: a terminal, or anything that takes lines as long as they are.
package struct TableScreen: Hashable, Sendable {
  /// Columns of characters; `nil` for any number.
  package var width: Int?
  /// Lines; under a table that has more, its heading stands once more. `nil` for any number.
  package var height: Int?
  /// How heading and rule are marked.
  package var style: TextStyle
  /// Whether somebody looks at it: figures are rounded then, and no name is cut. Otherwise every digit is there.
  package var isForPeople: Bool

  /// Any width and height, unless said otherwise.
  package init(width: Int? = nil, height: Int? = nil, style: TextStyle = .plain, isForPeople: Bool = false) {
    self.width = width
    self.height = height
    self.style = style
    self.isForPeople = isForPeople
  }
}
