import ArgumentParser
import Queries

extension ImportCommand {
  /// Refuses flags that do not fit the kind of file, before anything is read but its first bytes.
  package func validate() throws {
    if TrackerFile.isSQLite(file) { return try validateForTracker() }
    if trustEtf { throw ValidationError("--trust-etf goes with a SQLite file of the older tracker") }
    if decimalComma, decimalPoint {
      throw ValidationError("--decimal-comma and --decimal-point exclude each other; leave one away")
    }
    if byReference, file == "-" {
      throw ValidationError("standard input cannot be kept by reference; leave --by-reference away or name a file")
    }
  }

  /// Such a file says itself what its rows are.
  private func validateForTracker() throws {
    let told: [(String, Bool)] = [
      ("--dataset", dataset != nil), ("--asset", asset != nil), ("--interval", interval != nil),
      ("--time-zone", timeZone != nil), ("--map", !map.isEmpty), ("--where-column", !whereColumn.isEmpty),
      ("--date-order", dateOrder != nil),
      ("--unit", unit != nil), ("--decimal-comma", decimalComma), ("--decimal-point", decimalPoint),
      ("--skip-column", !skipColumn.isEmpty), ("--close-times", closeTimes),
      ("--no-volume", noVolume), ("--by-reference", byReference),
    ]
    let needless = told.filter(\.1).map(\.0)
    guard needless.isEmpty else {
      throw ValidationError(
        "\(needless.joined(separator: ", ")): a SQLite file of the older tracker says itself what its rows are; "
          + "leave that away")
    }
  }

  /// What has to be said of a file that does not say it itself; `nil` where nothing is missing.
  ///
  /// No matter of `validate`: a flag that is misspelt would be told of as missing.
  var lacking: String? {
    if rows == .bar, interval == nil { return "bars need --interval, such as 1h or 1d" }
    return rows != .sentiment && asset == nil ? "--asset says what the rows are about, such as BTC" : nil
  }

  /// What the rows are, as far as the flags say.
  var rows: ImportDataset { dataset ?? .bar }

  /// Whether it was told how the file is to be read, so that its own columns are not followed.
  var tellsColumns: Bool {
    !map.isEmpty || !whereColumn.isEmpty || closeTimes || decimalComma || timeZone != nil || dateOrder != nil
      || !skipColumn.isEmpty
  }
}
