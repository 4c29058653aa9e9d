/// Why something that was named cannot be followed, or is not: a sentence that says what would be right.
package struct NotFollowed: Error, Hashable, CustomStringConvertible {
  /// Whether the words themselves were wrong, and not what they name.
  package let isUsage: Bool
  package let description: String

  /// - Parameter isUsage: whether it can be seen without asking anybody.
  package init(_ description: String, isUsage: Bool = true) {
    self.description = description
    self.isUsage = isUsage
  }
}
