import Foundation
import Testing

/// The list of functions whose libraries `CLate` loads. One that is missing there does not link.
@Suite struct LateFunctionsTests {
  private static func names() throws -> [String] {
    let list = Repository.root.appendingPathComponent("Sources/CLate/functions.h")
    return try String(contentsOf: list, encoding: .utf8).components(separatedBy: "\n").compactMap { line in
      guard line.hasPrefix("LATE("), line.hasSuffix(")") else { return nil }
      return line.dropLast().split(separator: " ").last.map(String.init)
    }
  }

  /// The words of all Swift and C that know the libraries.
  private static func words() throws -> Set<Substring> {
    let libraries: Set = ["CCurl", "CArchive", "CXML", "CZstd"]
    var texts = try Repository.swiftFiles(in: "Sources").filter { !libraries.isDisjoint(with: $0.imports) }.map(\.text)
    for room in libraries {
      let header = Repository.root.appendingPathComponent("Sources/\(room)/shim.h")
      texts.append(try String(contentsOf: header, encoding: .utf8))
    }
    return Set(texts.joined(separator: "\n").split { !$0.isLetter && !$0.isNumber && $0 != "_" })
  }

  @Test func `the functions stand in the order of their names, each once`() throws {
    let names = try Self.names()
    #expect(names.count > 50)
    #expect(zip(names, names.dropFirst()).filter { $0.0 >= $0.1 }.map(\.1) == [])
  }

  @Test func `no function is on the list that nobody calls`() throws {
    let words = try Self.words()
    #expect(try Self.names().filter { !words.contains(Substring($0)) } == [])
  }
}
