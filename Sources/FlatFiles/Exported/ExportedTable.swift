import Formats
import Market

/// A table that `export` wrote: its own columns say of which asset each row is, and who told it.
///
/// It is read twice: once here for what is in it, and then for each of its series by the reader of its kind.
package struct ExportedTable {
  /// What its rows are.
  package enum Kind: Sendable {
    case bars, sentiment, flows
    /// Days that are computed from the rest.
    case snapshots
  }

  /// The rows of one series.
  package struct Part: Hashable, Sendable {
    /// As the file has it; `nil` where it has no such column.
    package let asset: String?
    /// As the file has it; `nil` where it has no such column.
    package let source: String?
    /// The provider's own spelling; `nil` where the file has no such column.
    package let symbol: String?
    /// As the file has it; `nil` where it has no such column.
    package let interval: String?
    /// Of a fund; `nil` where the rows are of none.
    package let ticker: String?
  }

  /// What its rows are.
  package let kind: Kind
  /// How many rows each series has, in the order in which they come.
  package private(set) var parts: [(part: Part, rows: Int)] = []
  private let columns: [String: Int]
  private var lines: FileLines
  private var places: [Part: Int] = [:]
  private var steps: [Part: [Int64: Int]] = [:]
  private var last: [Part: Int64] = [:]

  /// - Parameter head: the first bytes of a file, with its first line; `nil` where `export` does not write such one.
  package init?(head: [UInt8]) {
    let sample = head.withUnsafeBytes { bytes in
      FileSample(UnsafeRawBufferPointer(rebasing: bytes[FileMark.length(bytes)...]), isWhole: true)
    }
    guard sample.delimiter == UInt8(ascii: ","), let names = sample.lines.first?.fields else { return nil }
    func has(_ wanted: String...) -> Bool { wanted.allSatisfy(names.contains) }
    if has("as_of_date", "asset", "change_24h") {
      kind = .snapshots
    } else if has("asset", "ts_utc", "open", "high", "low", "close", "volume") {
      kind = .bars
    } else if has("as_of_date", "ticker", "net_flow_usd") {
      kind = .flows
    } else if has("as_of_date", "classification"), has("fng_value") || has("value") {
      kind = .sentiment
    } else {
      return nil
    }
    columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    lines = FileLines(delimiter: sample.delimiter, skipping: 0, firstLine: 1)
  }

  /// Looks at the next piece of the file.
  package mutating func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) {
    var lines = lines
    lines.read(piece, isLast: isLast) { bytes, row, place, _ in
      // The header is the first line.
      if place.line > 1 { note(bytes, row) }
    } end: { _, _ in
    }
    self.lines = lines
  }

  private mutating func note(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) {
    func text(_ name: String) -> String? {
      guard let column = columns[name] else { return nil }
      return column < row.count ? DelimitedText.text(row[column], in: bytes) : ""
    }
    let part = Part(
      asset: text("asset"), source: text("source"), symbol: text("provider_symbol"), interval: text("interval"),
      ticker: text("ticker"))
    if let place = places[part] {
      parts[place].rows += 1
    } else {
      places[part] = parts.count
      parts.append((part, 1))
    }
    guard kind == .bars, let column = columns["ts_utc"], column < row.count,
      case .wall(let time, _, _) = TimeText(order: nil).read(bytes, row[column].range)
    else { return }
    if let last = last[part] { steps[part, default: [:]][abs(time - last), default: 0] += 1 }
    last[part] = time
  }

  /// The distance at which most rows of a series follow each other; `nil` where that is no interval.
  package func spacing(of part: Part) -> Interval? {
    let most = steps[part]?.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    return most.flatMap { most in Interval.allCases.first { $0.seconds == most.key } }
  }
}
