import Store

/// Which names a question may read on a connection that shows the past: the views that stand in for the tables, and the
/// tables that bear no time.
///
/// The views have the names of the tables and are found first, so a question reaches a table of the file behind its view
/// only by saying `main`. What SQLite tells the fence does not suffice to see that: a part of the question that is given
/// the name of a view by WITH is told from the view by nothing, and of rows that are only counted not even the database
/// is told. So the words by which anything but the views can be reached must not stand in the text at all.
struct PastNames {
  /// What a question may read.
  let open: Set<String>
  /// Tables of the connection that only the views read.
  let inner: Set<String>
  private let present: Set<String>

  /// Tables of names and links, which say nothing about when something was learned.
  private static let timeless: Set<String> = [
    "asset", "asset_group", "asset_former_symbol", "source", "etf", "macro_series", "feed", "meta", "saved_query",
    "dim_date", "event_number", "event_figure", "release_event", "release_title",
  ]

  /// - Parameters:
  ///   - views: the views of the connection, in lower case.
  ///   - tables: what a question of the present may read, in lower case.
  init(views: Set<String>, of tables: Set<String>) {
    let inner = Set(AsKnownOn.inner())
    let open = views.subtracting(inner).union(PastNames.timeless.intersection(tables))
    self.open = open
    self.inner = inner
    present = tables.subtracting(open)
  }

  /// Whether the fence lets a name in the connection's own database be read: what a question cannot name, the views do.
  func isReadable(_ name: String) -> Bool { open.contains(name) || inner.contains(name) }

  /// Why a table that has no view cannot be read.
  func objection(toReading name: String) -> String? {
    guard present.contains(name) else { return nil }
    return "\(name) is not known as of an earlier instant; ask it without --as-of, or one of "
      + open.sorted().joined(separator: ", ") + " with it"
  }

  /// Why a text must not be asked of the past; `nil` where it may.
  ///
  /// An identifier has no other spelling in SQL than its own letters, in any case. Whatever is no ASCII letter, digit or
  /// underscore ends a word here; some such bytes belong to longer identifiers, but a byte order mark is a blank to SQLite.
  func objection(to sql: String) -> String? {
    let words = sql.utf8.split { !PastNames.isOfWord($0) }.lazy.map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    guard let word = words.first(where: { $0 == "main" || inner.contains($0) }) else { return nil }
    return word == "main"
      ? "with --as-of the word main cannot stand in a question, because it would ask the present; leave `main.` away, "
        + "and give a text that holds it as a value: -p name=main"
      : "\(word) is no table of the record; SELECT name FROM sqlite_schema lists them"
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
