import Formats
import Testing

@Suite struct DotEnvTests {
  @Test(arguments: [
    ("KEY=value", "value"), ("KEY=", ""), ("  KEY = value  ", "value"), ("export KEY=value", "value"),
    ("export\tKEY=value", "value"), ("KEY=a b", "a b"), ("KEY=a=b==", "a=b=="), ("KEY=value # comment", "value"),
    ("KEY=value#no", "value#no"), ("KEY=#abc", "#abc"), ("KEY= # comment", ""), ("KEY='a # b'", "a # b"),
    ("KEY='a\\n'", "a\\n"), ("KEY=\"a\\nb\\t\\\"\\\\\\$\"", "a\nb\t\"\\$"), ("KEY=\"a\\q\"", "a\\q"),
    ("KEY=\"a\" # comment", "a"), ("KEY=\"\"", ""), ("KEY=\"it's\"", "it's"), ("KEY=it's", "it's"),
    ("KEY=$HOME", "$HOME"), ("KEY=größe", "größe"), ("\u{FEFF}KEY=value", "value"), ("KEY=value\r", "value"),
  ])
  func `a line gives its value`(line: String, value: String) throws {
    let settings = try DotEnv(Array(line.utf8))
    #expect(settings.entries.map(\.key) == ["KEY"])
    #expect(settings["KEY"] == value)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `settings keep their order and lines`(newline: String) throws {
    let lines = ["# keys", "", "B=1", "A=2", "  # more", "B=3", ""]
    let settings = try DotEnv(Array(lines.joined(separator: newline).utf8))
    #expect(settings.entries.map(\.key) == ["A", "B"])
    #expect(settings.entries.map(\.value) == ["2", "3"])
    #expect(settings.entries.map(\.line) == [4, 6])
    #expect(settings["C"] == nil)
  }

  @Test(arguments: [
    ("KEY", DotEnvError.Problem.noEqualsSign), ("=value", .badKey), ("1KEY=a", .badKey), ("A B=c", .badKey),
    ("A-B=c", .badKey), ("KEY=\"open", .unterminatedQuote(key: "KEY")),
    ("KEY='open", .unterminatedQuote(key: "KEY")), ("KEY=\"open\\\"", .unterminatedQuote(key: "KEY")),
    ("KEY=\"a\"b", .textAfterQuote(key: "KEY")), ("KEY=a\u{0}b", .controlCharacter), ("KEY=a\rb", .controlCharacter),
  ])
  func `a line that cannot be read is named by its number`(line: String, problem: DotEnvError.Problem) {
    #expect(throws: DotEnvError(line: 3, problem: problem)) { try DotEnv(Array("# one\n\n\(line)\n".utf8)) }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: DotEnvError(line: 1, problem: .notUTF8)) { try DotEnv(Array("KEY=".utf8) + [0xFF]) }
  }

  @Test func `an error never shows a value`() {
    let error = #expect(throws: DotEnvError.self) { try DotEnv(Array("KEY=\"s3cret".utf8)) }
    #expect(error?.description == "line 1: the quote of KEY does not end on its line")
  }
}
