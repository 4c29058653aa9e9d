import Formats
import Market
import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where results and talk go: results to standard output, everything else to standard error.
struct Console: Sendable {
  let isQuiet: Bool
  let isVerbose: Bool
  /// Style of standard output, and of standard error.
  let style: TextStyle
  let talkStyle: TextStyle

  init(_ options: GlobalOptions) {
    isQuiet = options.quiet
    isVerbose = options.verbose
    style = TextStyle(isEnabled: Console.colours(STDOUT_FILENO, options))
    talkStyle = TextStyle(isEnabled: Console.colours(STDERR_FILENO, options))
  }

  /// https://no-color.org and https://bixense.com/clicolors
  private static func colours(_ descriptor: Int32, _ options: GlobalOptions) -> Bool {
    if options.noColor || options.json { return false }
    if let no = Environment["NO_COLOR"], !no.isEmpty { return false }
    if let force = Environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isatty(descriptor) == 1 && Environment["TERM"] != "dumb"
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var talkIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Columns of the terminal on that descriptor, `COLUMNS`, or `nil` when there is none.
  static func width(_ descriptor: Int32 = STDOUT_FILENO) -> Int? {
    var size = winsize()
    if isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return Environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Results. Throws when the disk is full or nobody reads any more.
  static func output(_ text: String) throws(FileError) {
    var text = text
    var failure: FileError?
    text.withUTF8 { bytes in
      do throws(FileError) { try DescriptorSink.standardOutput.write(UnsafeRawBufferPointer(bytes)) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  static func output(_ value: JSONValue) throws(FileError) {
    try output(value.compact + "\n")
  }

  /// Talk: told unless `--quiet`.
  func say(_ text: String) {
    if !isQuiet { Console.error(text) }
  }

  /// Errors, which `--quiet` does not silence. Nobody can be told when this fails.
  static func error(_ text: String) { talk(text + "\n") }

  /// Text for standard error as it is, without a line feed of its own.
  static func talk(_ text: String) {
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
