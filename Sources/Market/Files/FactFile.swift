/// Somebody who reads files of facts: finds out how a file is laid out, then reads it piece by piece.
package protocol FactFileOpener: Sendable {
  /// Looks at the beginning of a file.
  ///
  /// - Parameters:
  ///   - sample: the first bytes, unpacked; all of them where `isWhole`.
  ///   - now: bars that are not over at this instant are left out.
  /// - Throws: `FileRefusal` where the file cannot be read with this order, before anything is stored.
  func open(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) -> any FactFile
}

/// A file of facts while it is read, from its first byte on. Pure: equal pieces give equal rows.
package protocol FactFile: AnyObject {
  /// How the file is laid out, for people: `comma, header line 2, times in ms`.
  var layout: String { get }
  /// What was decided about the file that people should know, each a line: `numbers like 1.234,56`.
  var remarks: [String] { get }
  /// What was counted so far.
  var tally: FileTally { get }
  /// The order, completed with all that was found out about the file: stored with the import, so that a replay opens the
  /// file with it and judges no evidence again.
  var settled: ImportOrder { get }

  /// Reads the next piece; a line that is cut at its end is read with the piece that completes it.
  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart
}

extension FactFile {
  /// Nothing to tell.
  package var remarks: [String] { [] }
}

/// What one piece of a file holds.
package struct FilePart: Sendable {
  /// Sorted, no key twice, and none that an earlier piece of the file brought.
  package var reading: SeriesReading
  /// Rows whose key an earlier piece brought. Where they say the same as what is stored they are folded, else refused.
  package var repeats: [RepeatedBar]
  /// Where the facts of the reading stand, in their order.
  package var places: [FilePlace]

  /// - Parameter places: one for each fact of the reading, or none where nobody asks for them.
  package init(reading: SeriesReading, repeats: [RepeatedBar] = [], places: [FilePlace] = []) {
    self.reading = reading
    self.repeats = repeats
    self.places = places
  }
}

/// The line of a file that a fact was read from.
package struct FilePlace: Hashable, Sendable {
  /// From 1; a row whose quotes hold line ends counts as one line.
  package let line: Int
  /// Where it begins in the unpacked file, in bytes from 0.
  package let start: Int
  /// Its bytes, the line end left out.
  package let length: Int

  /// A line, counted from 1, and its bytes, counted from 0.
  package init(line: Int, start: Int, length: Int) {
    self.line = line
    self.start = start
    self.length = length
  }
}

/// A bar whose opening time came before in the same file, with the refusal that it becomes where it contradicts.
package struct RepeatedBar: Hashable, Sendable {
  /// What the later row says.
  package let bar: Bar
  /// What becomes of that row where the stored bar says otherwise.
  package let refusal: Refusal

  /// A bar, and its refusal in case it contradicts.
  package init(bar: Bar, refusal: Refusal) {
    self.bar = bar
    self.refusal = refusal
  }
}

/// What was counted in a file.
package struct FileTally: Hashable, Sendable {
  /// Lines with something in them, header and preamble left out.
  package var lines = 0
  /// Rows that say the same as an earlier one.
  package var folded = 0
  /// Rows left out because their bar was not over.
  package var notFinal = 0
  /// Rows left out on purpose, which are no facts: weekends filled with zeros, totals.
  package var passedOver = 0
  /// Rows of other assets or sources, by what their cells say: `symbol ETHUSDT`.
  package var leftOut: [String: Int] = [:]
  /// Local times that the clocks showed twice, resolved by the order of the rows.
  package var ambiguousTimes = 0
  /// Local times that the clocks skipped; their rows are refused.
  package var skippedTimes = 0
  /// Rows refused, by reason; more than what is kept in quarantine where there are very many.
  package var refused: [RefusalReason: Int] = [:]
  /// First and last key of the rows believed.
  package var extent: ClosedRange<Instant>?

  /// Nothing counted yet.
  package init() {}

  /// Most refused rows of one file that are kept with their words; the rest is counted.
  package static let keptRefusals = 50_000

  /// Rows refused for whatever reason.
  package var refusedInAll: Int { refused.values.reduce(0, +) }
}

/// Why a file as a whole is not read: what was found, and what to say or do.
package struct FileRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the file, without a full stop.
  package let found: String
  /// What to say or do about it; empty where nothing helps.
  package let hint: String
  /// Whether what was said of the file is wrong, and not the file.
  package let isUsage: Bool

  /// - Parameter isUsage: whether the order is at fault, which ends with the exit code of wrong usage.
  package init(_ found: String, hint: String, isUsage: Bool = false) {
    self.found = found
    self.hint = hint
    self.isUsage = isUsage
  }

  /// What was found and what to do, on one line.
  package var description: String { hint.isEmpty ? found : "\(found). \(hint)" }
}

/// A line of a file and what it says, read once more.
package struct FileLine: Hashable, Sendable {
  /// Where in the file it stands.
  package let place: FilePlace
  /// As it stands in the unpacked file, without its end.
  package let bytes: [UInt8]
  /// In the order of the columns of its kind.
  package let figures: [FigureValue]

  /// A line as it was read once more.
  package init(place: FilePlace, bytes: [UInt8], figures: [FigureValue]) {
    self.place = place
    self.bytes = bytes
    self.figures = figures
  }
}
