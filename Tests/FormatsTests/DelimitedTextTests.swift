import Support
import Testing

@testable import Formats

@Suite struct DelimitedTextTests {
  /// The fields of every line.
  private func rows(_ text: String, delimiter: Character = ",") -> [[String]] {
    rows(Array(text.utf8), delimiter: delimiter)
  }

  private func rows(_ bytes: [UInt8], delimiter: Character = ",") -> [[String]] {
    let text = DelimitedText(delimiter: delimiter.asciiValue ?? 0)
    var row = DelimitedRow()
    var found: [[String]] = []
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var position = 0
      while text.next(base, from: &position, to: buffer.count, isLast: true, into: &row) {
        found.append((0..<min(row.count, DelimitedRow.maximumFields)).map { DelimitedText.text(row[$0], in: base) })
      }
    }
    return found
  }

  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("a, b ,c\n", [["a", "b", "c"]]),
    (",,\n", [["", "", ""]]),
    ("\n\na\n", [[""], [""], ["a"]]),
    ("\"a,b\",\"c\"\n", [["a,b", "c"]]),
    ("\"say \"\"so\"\"\",x\n", [["say \"so\"", "x"]]),
    ("\"two\nlines\",x\ny,z\n", [["two\nlines", "x"], ["y", "z"]]),
    ("\"a\" , \"b\"\r\n", [["a", "b"]]),
    ("5\" pipe,x\n", [["5\" pipe", "x"]]),
    ("", []),
  ])
  func `fields are found as they come`(text: String, fields: [[String]]) {
    #expect(rows(text) == fields)
  }

  @Test func `a quote that is never closed costs its own line`() {
    let filler = String(repeating: "1,2\n", count: 2000)
    let found = rows("\"open,2\n" + filler)
    #expect(found.count == 2001)
    #expect(found[0] == ["\"open", "2"])
    #expect(found[1] == ["1", "2"])
  }

  @Test func `tabs and semicolons are delimiters when they are told`() {
    #expect(rows("a\tb c\td\n", delimiter: "\t") == [["a", "b c", "d"]])
    #expect(rows("1,5;2,5\n", delimiter: ";") == [["1,5", "2,5"]])
  }

  @Test(arguments: 0..<40)
  func `what was written by the rules is read back`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("ab,;\"1 .\u{E9}")
    let table = (0..<20).map { _ in
      (0..<3).map { _ in
        String((0..<Int.random(in: 0...6, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! })
          .trimmed
      }
    }
    let text = table.map { row in
      row.map { "\"" + String($0.flatMap { $0 == "\"" ? [$0, $0] : [$0] }) + "\"" }.joined(separator: ",")
    }.joined(separator: "\r\n")
    #expect(rows(text) == table)
  }

  @Test(arguments: 0..<60)
  func `whatever bytes come, every line ends and nothing is read beyond them`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let likely: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0x31, 0xFF, 0x20]
    let bytes = (0..<Int.random(in: 0...3000, using: &generator)).map { _ in likely.randomElement(using: &generator)! }
    let found = rows(bytes)
    #expect(found.count <= bytes.count { $0 == 0x0A } + 1)
  }

  @Test func `a line that is cut is not read before its rest has come`() {
    let text = DelimitedText(delimiter: 0x2C)
    var row = DelimitedRow()
    let bytes = Array("1,2\n3,\"4".utf8)
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var position = 0
      #expect(text.next(base, from: &position, to: buffer.count, isLast: false, into: &row))
      #expect(!text.next(base, from: &position, to: buffer.count, isLast: false, into: &row))
      #expect(position == 4)
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
