/// A column of a result: what it is called and what its cells hold.
package struct Column: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case integer, real, text
  }

  package let name: String
  /// A cell may be null besides. It decides how SQL declares the column and to which side a table aligns it.
  package let kind: Kind

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}
