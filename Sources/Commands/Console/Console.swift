import Formats
import Market
import Rendering
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where results and talk go: results to standard output, everything else to standard error.
package struct Console: Sendable {
  let isQuiet: Bool
  let isVerbose: Bool
  /// Style of standard output.
  package let style: TextStyle
  /// Style of standard error.
  package let talkStyle: TextStyle

  init(_ options: GlobalOptions) {
    isQuiet = options.quiet
    isVerbose = options.verbose
    style = TextStyle(isEnabled: Console.colours(STDOUT_FILENO, options))
    talkStyle = TextStyle(isEnabled: Console.colours(STDERR_FILENO, options))
    Console.outputBearsMarks.store(style.isEnabled, ordering: .relaxed)
  }

  /// https://no-color.org and https://bixense.com/clicolors
  private static func colours(_ descriptor: Int32, _ options: GlobalOptions) -> Bool {
    if options.noColor || options.json { return false }
    if let no = Environment["NO_COLOR"], !no.isEmpty { return false }
    if let force = Environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isatty(descriptor) == 1 && Environment["TERM"] != "dumb"
  }

  /// Whether results go to a terminal, where people read them.
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var talkIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal on that descriptor, `COLUMNS`, or `nil` when there is none.
  package static func width(_ descriptor: Int32 = STDOUT_FILENO) -> Int? {
    var size = winsize()
    if isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return Environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Lines of the terminal on that descriptor; `nil` when it is none.
  static func height(_ descriptor: Int32 = STDOUT_FILENO) -> Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// What a table on standard output is drawn on.
  package var screen: TableScreen {
    TableScreen(
      width: Console.width(), height: Console.height(), style: style, isForPeople: Console.outputIsTerminal)
  }

  /// Whether the style of standard output writes anything.
  private static let outputBearsMarks = Atomic(false)

  /// Results. Into a file or pipe they go as they are; on a terminal, whatever it would obey is shown instead, so that no
  /// name of a file and no word of a provider can do anything to it.
  ///
  /// - Throws: when the disk is full or nobody reads any more.
  package static func output(_ text: String) throws(FileError) {
    guard outputIsTerminal else { return try write(text) }
    try write(
      TerminalText.harmless(text, keepsLines: true, keepsMarks: outputBearsMarks.load(ordering: .relaxed)))
  }

  /// What draws on the terminal: the moves of its cursor are ours, and foreign text in it must be escaped before.
  static func draw(onOutput text: String) throws(FileError) { try write(text) }

  private static func write(_ text: String) throws(FileError) {
    var text = text
    var failure: FileError?
    text.withUTF8 { bytes in
      do throws(FileError) { try DescriptorSink.standardOutput.write(UnsafeRawBufferPointer(bytes)) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// A result in lines, each of them folded on a terminal that is too narrow for it.
  package static func output(lines text: String) throws(FileError) {
    try output(folded(lines: text, on: STDOUT_FILENO))
  }

  /// A result for programs, in one line.
  package static func output(_ value: JSONValue) throws(FileError) {
    try output(value.compact + "\n")
  }

  /// One line of talk: told unless `--quiet`. What a terminal would obey is shown instead, wherever it goes, as logs are
  /// read on terminals too. Commands between backticks are told as they are typed here.
  ///
  /// - Parameter mark: how each of its lines is marked.
  package func say(_ text: String, marked mark: (String) -> String = { $0 }) {
    guard !isQuiet else { return }
    let lines = Console.foldedForTalk(
      TerminalText.harmless(TypedHints.applied(to: text), keepsLines: false, keepsMarks: talkStyle.isEnabled))
    Console.draw(lines.map { mark($0) + "\n" }.joined())
  }

  /// Errors, which `--quiet` does not silence, in one line. Nobody can be told when this fails.
  package static func error(_ text: String) {
    draw(foldedForTalk(TerminalText.escaped(text)).joined(separator: "\n") + "\n")
  }

  /// The same for a text of ours that has several lines.
  static func error(lines text: String) {
    draw(folded(lines: TerminalText.harmless(text, keepsLines: true, keepsMarks: false), on: STDERR_FILENO) + "\n")
  }

  private static func foldedForTalk(_ line: String) -> [String] { folded(line, on: STDERR_FILENO) }

  private static func folded(lines text: String, on descriptor: Int32) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { folded(String($0), on: descriptor) }.joined(separator: "\n")
  }

  /// A line as it is, but on a terminal that is too narrow for it: folded between words behind its own indent, unless it
  /// is there to be copied.
  private static func folded(_ line: String, on descriptor: Int32) -> [String] {
    guard isatty(descriptor) == 1, !line.hasPrefix("Next:"), let width = width(descriptor), width > 20 else {
      return [line]
    }
    let indent = line.prefix { $0 == " " }
    return LabelledText.folded(String(line.dropFirst(indent.count)), to: width - indent.count).map { indent + $0 }
  }

  /// What draws on standard error, as it is and without a line feed of its own; foreign text in it must be escaped before.
  static func draw(_ text: String) {
    var line = text
    line.withUTF8 { bytes in try? DescriptorSink.standardError.write(UnsafeRawBufferPointer(bytes)) }
  }
}

/// The environment of the process.
enum Environment {
  static subscript(name: String) -> String? {
    getenv(name).flatMap { String(validatingCString: $0) }
  }
}
