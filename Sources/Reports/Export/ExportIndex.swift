import Formats
import Market
import Rendering
import Schema
import Store

/// What tells a folder of exports: what each file is, its columns, how many rows, and what proves that it is whole.
///
/// `index.json` for programs, `DICTIONARY.md` for people, `metadata.json` for Datasette, `SHA256SUMS` for `sha256sum -c`.
package struct ExportIndex {
  /// A file that was written.
  package struct Entry {
    let dataset: NamedDataset
    let file: String
    let rows: Int
    let bytes: Int
    let fingerprint: Fingerprint

    /// A file by its name in the folder, with what it holds.
    package init(dataset: NamedDataset, file: String, rows: Int, bytes: Int, fingerprint: Fingerprint) {
      (self.dataset, self.file, self.rows, self.bytes) = (dataset, file, rows, bytes)
      self.fingerprint = fingerprint
    }
  }

  /// What the file for programs is called, and the one that proves the others.
  private static let (name, sums) = ("index.json", "SHA256SUMS")

  let entries: [Entry]
  let format: RowFormat
  let origin: String?
  let now: Instant
  /// Of the appliance that exports.
  let version: String
  /// The instant at which the rows were known so; `nil` for what is known now.
  let asOf: Instant?

  /// An index of what was exported now.
  ///
  /// - Parameters:
  ///   - version: of the appliance that exports.
  ///   - asOf: the instant at which the rows were known so; `nil` for what is known now.
  package init(
    entries: [Entry], format: RowFormat, origin: String?, now: Instant, version: String, asOf: Instant?
  ) {
    (self.entries, self.format, self.origin) = (entries, format, origin)
    (self.now, self.version, self.asOf) = (now, version, asOf)
  }

  /// Writes the four files; each is there when it is complete, or not at all. The sums, which prove the others, come last.
  ///
  /// - Throws: `FileError`.
  package func write(to folder: String) throws {
    let texts = [(ExportIndex.name, index), ("DICTIONARY.md", dictionary), ("metadata.json", metadata)]
    var sums = entries.map { "\($0.fingerprint)  \($0.file)\n" }
    for (name, text) in texts {
      let bytes = Array(text.utf8)
      try WholeFile.write(bytes, to: "\(folder)/\(name)")
      sums.append("\(Fingerprint(of: bytes))  \(name)\n")
    }
    try WholeFile.write(Array(sums.joined().utf8), to: "\(folder)/\(ExportIndex.sums)")
  }

  /// Whether an index in the same folder tells of this file, so that it would be wrong about another in its place.
  package static func holds(_ path: String) -> Bool {
    let (folder, name) = FilePath.split(path)
    // A folder that cannot be read holds none that could be made wrong.
    guard let names = try? Folder.names(in: folder), names.contains(ExportIndex.name), names.contains(name),
      let sums = try? WholeFile.read(FilePath.join(folder, ExportIndex.sums), limit: 1 << 20)
    else { return false }
    return String(decoding: sums, as: UTF8.self).split(separator: "\n").contains { $0.hasSuffix("  \(name)") }
  }

  private var index: String {
    let files: [JSONValue] = entries.map { entry in
      [
        "dataset": .string(entry.dataset.name), "file": .string(entry.file), "title": .string(entry.dataset.title),
        "rows": .integer(Int64(entry.rows)), "bytes": .integer(Int64(entry.bytes)),
        "sha256": .string(entry.fingerprint.description),
        "key": .array(entry.dataset.key.map { .string($0) }),
        "columns": .array(entry.dataset.columns.map { column($0, of: entry.dataset) }),
      ]
    }
    let head: JSONValue = [
      "version": 1, "origin": .optional(origin), "now": .string(now.description),
      "as_of": .optional(asOf?.description), "format": .string(format.rawValue),
      "rows": .integer(entries.reduce(0) { $0 + Int64($1.rows) }), "files": .array(files),
    ]
    return head.pretty
  }

  private func column(_ column: DatasetColumn, of dataset: NamedDataset) -> JSONValue {
    let meaning = dataset.meaning(of: column)
    return [
      "name": .string(column.name), "type": .string(ExportIndex.type(column)), "unit": .optional(meaning.unit),
      "meaning": .string(meaning.text),
    ]
  }

  private static func type(_ column: DatasetColumn) -> String {
    switch column.column.meaning {
    case .instant: "instant"
    case .day: "day"
    case .flag: "flag"
    case nil: "\(column.column.kind)"
    }
  }

  // MARK: Dictionary

  private var dictionary: String {
    var text = """
      # Data dictionary

      Exported at \(now)\(origin == "demo" ? "; every number here is invented" : "") as \(format.rawValue). \(past)Instants \
      are UTC, days are UTC days. `sha256sum -c SHA256SUMS` proves that the files are whole.

      | dataset | file | rows | what its rows are |
      | --- | --- | ---: | --- |

      """
    for entry in entries {
      text +=
        "| [\(entry.dataset.name)](#\(entry.dataset.name)) | \(entry.file) | \(entry.rows) | \(entry.dataset.title) |\n"
    }
    return text + entries.map(section).joined()
  }

  private var past: String {
    asOf.map { "The rows are those known on \($0); what was answered later is left out. " } ?? ""
  }

  private func section(_ entry: Entry) -> String {
    let rows = RowFormat.md.encoder(table: "")
    rows.begin([Column("column", .text), Column("type", .text), Column("unit", .text), Column("meaning", .text)])
    for column in entry.dataset.columns {
      let meaning = entry.dataset.meaning(of: column)
      rows.text(column.name)
      rows.text(ExportIndex.type(column))
      rows.text(meaning.unit ?? "")
      rows.text(meaning.text)
      rows.endRow()
    }
    rows.finish()
    let key = entry.dataset.key.isEmpty ? "" : " A row is told by \(entry.dataset.key.joined(separator: ", "))."
    return "\n## \(entry.dataset.name)\n\nIn `\(entry.file)`: \(entry.dataset.title).\(key)\n\n" + rows.output.text
  }

  // MARK: Datasette

  /// https://docs.datasette.io/en/stable/metadata.html
  private var metadata: String {
    let tables: [(String, JSONValue)] = entries.map { entry in
      let columns = entry.dataset.columns.map { ($0, entry.dataset.meaning(of: $0)) }
      let units: [(String, JSONValue)] = columns.compactMap { column, meaning in
        meaning.unit.map { (column.name, .string($0)) }
      }
      return (
        entry.dataset.name,
        [
          "description": .string(entry.dataset.title),
          "columns": .object(
            columns.map { column, meaning in
              (column.name, .string(meaning.text + (meaning.unit.map { " (\($0))" } ?? "")))
            }),
          "units": .object(units),
        ]
      )
    }
    let head: JSONValue = [
      "title": "A record of the markets",
      "description": .string(
        "Exported by appliance \(version) at \(now)" + (asOf.map { ", as known on \($0)" } ?? "")),
      "databases": ["appliance": ["tables": .object(tables)]],
    ]
    return head.pretty
  }
}
