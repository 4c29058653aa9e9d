import Testing

/// What one room shows to others is documented like a library.
@Suite struct DocumentationTests {
  private static let leastPercent = 95

  @Test func `nearly all that other rooms can see is documented`() throws {
    let files = try Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "seeds")
    let found = files.map { (file: $0, declarations: DocumentedDeclarations($0.text)) }
    let count = found.reduce(0) { $0 + $1.declarations.count }
    let documented = found.reduce(0) { $0 + $1.declarations.documented }
    #expect(count > 1_500)
    let bare = found.flatMap { one in one.declarations.bare.map { "\(one.file):\($0)" } }
    #expect(
      documented * 100 >= count * Self.leastPercent,
      "\(documented) of \(count); without a comment: \(bare.joined(separator: ", "))")
  }

  @Test func `the counter tells what is documented from what is not`() {
    let declarations = DocumentedDeclarations(
      """
      /// A thing.
      package struct Thing {
        package let bare: Int
        /// With an attribute between.
        @inlinable
        @available(*, deprecated, message: "old (very)")
        public static func attributed() {}
        @inline(__always) package mutating func inline() {}
        /// Set inside only.
        package private(set) var inside = 0
        package internal(set) var bareInside = 0
        // No doc comment.
        package init() {}
        package enum Kind {
          case one
          package case two
        }
        let notSeen = "package let text"
        func package() {}
        /** A block. */
        package final class Blocked {}
        /// Far away.

        public subscript(index: Int) -> Int { index }
      }
      package extension Thing {}
      import package.Foo
      """)
    #expect(declarations.count == 10)
    #expect(declarations.documented == 4)
    #expect(declarations.bare == [3, 8, 11, 13, 14, 24])
  }
}
