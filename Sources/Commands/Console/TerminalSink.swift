import Formats
import Rendering

/// Standard output when it is a terminal: whatever a terminal would obey is shown instead.
///
/// Wants whole lines, so that no character is cut in two.
struct TerminalSink: ByteSink {
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    // By bytes: a carriage return and a line feed are one `Character`.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { TerminalText.escaped(String(decoding: $0, as: UTF8.self)) }
    try Console.output(lines.joined(separator: "\n"))
  }
}

extension Console {
  /// A foreign text within a result: as it is in a file or pipe, where a script may read it, in one line on a terminal.
  package static func shown(_ text: String) -> String { outputIsTerminal ? TerminalText.escaped(text) : text }

  /// Where rows go: as they are into a file or pipe, made harmless on a terminal.
  package static func rowSink(for format: RowFormat) -> any ByteSink {
    switch format {
    // These escape control characters themselves, and a table bears colours.
    case .table, .json, .ndjson: DescriptorSink.standardOutput
    case .csv, .sql, .md, .ledger: outputIsTerminal ? TerminalSink() : DescriptorSink.standardOutput
    }
  }

  /// Ends rows that were put together whole, and writes them.
  package static func show(_ rows: any RowEncoder, as format: RowFormat) throws {
    rows.finish()
    let sink = rowSink(for: format)
    try rows.drain { try sink.write($0) }
  }

  /// Says which columns a screen had no room for, where there are any, and that programs get all.
  package func sayHidden(_ columns: [String]) {
    if !columns.isEmpty { say("no room for \(columns.joined(separator: ", ")): --json has all") }
  }
}
