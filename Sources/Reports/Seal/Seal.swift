import Crypto
import Formats
import Market
import Rendering
import Store

/// What a report says of itself, so that it can be held against the data later: of what it is, what was known, and two
/// hashes, of its facts and of its text.
///
/// It stands in the file as a comment on a line of its own, the last one. It tells whoever changed a report by mistake, and
/// whoever changed it on purpose and has no program to seal it anew; it is no signature.
package struct Seal: Equatable, Sendable {
  /// The rules by which facts are gathered; to be raised where the same data would give other facts.
  package static let currentRules: Int64 = 4

  /// Of what the report is.
  package let order: ReportOrder
  /// The instant that its ages are measured to.
  package let asOf: Instant
  /// The instant that was asked about with `--as-of`.
  package let knownOn: Instant?
  /// When the newest run of the record had ended: the report was made from what was known then.
  package let knownAt: Instant?
  /// Which record it was made from; `nil` for one that has no name.
  package let record: String?
  /// The edition of the rules.
  package let rules: Int64
  /// Who wrote it: version and commit.
  package let maker: String
  /// SHA-256 of the canonical facts, in hexadecimal.
  package let facts: String
  /// SHA-256 of the file without the seal, in hexadecimal.
  package let text: String

  /// SHA-256 of a text, in hexadecimal.
  static func hash(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).hexadecimal }
}

extension WrittenReport {
  /// A text of the report with its seal at the end.
  ///
  /// - Parameters:
  ///   - text: its Markdown or HTML.
  ///   - store: what the report was made from.
  ///   - maker: the program that wrote it: version and commit.
  package func sealed(_ text: String, from store: Store, maker: String) throws -> String {
    // A blank line, so that the comment belongs to no paragraph.
    let text = text + "\n"
    let seal = Seal(
      order: order, asOf: asOf, knownOn: knownOn, knownAt: try store.asOf ?? store.runs.latestInstant(),
      record: try store.identity(),
      rules: Seal.currentRules, maker: maker, facts: Seal.hash(facts.canonical), text: Seal.hash(text))
    return text + seal.line
  }
}

// MARK: - The comment

extension Seal {
  private static let opening = "<!-- appliance seal "
  private static let closing = " -->\n"

  /// The comment, with its line feed. No text within ends it early: `>` is written as an escape.
  var line: String {
    let adjust = order.adjustment.map { [("adjust", JSONValue.string($0.rawValue))] } ?? []
    let value: JSONValue = .object(
      [
        ("version", "1"), ("report", .string(order.kind.rawValue)), ("day", .string(order.day.description)),
        ("assets", .optional(order.symbols?.joined(separator: ","))), ("all", .bool(order.isWhole)),
      ] + adjust + [
        ("as_of", .string(asOf.description)), ("known_on", .optional(knownOn?.description)),
        ("known_at", .optional(knownAt?.description)), ("record", .optional(record)), ("rules", .integer(rules)),
        ("maker", .string(maker)), ("facts", .string(facts)), ("text", .string(text)),
      ])
    return Seal.opening + value.compact.replacing(">", with: "\\u003e") + Seal.closing
  }

  /// The seal of a file and the text that it is of; `nil` where the file bears none that can be read.
  package static func read(_ file: String) -> (seal: Seal, text: String)? {
    // Somebody's editor may have added an empty line.
    let whole = file.hasSuffix("\n") ? file : file + "\n"
    guard let start = whole.ranges(of: opening).last, whole.hasSuffix(closing),
      let seal = Seal(Array(whole[start.upperBound...].dropLast(closing.count).utf8))
    else { return nil }
    return (seal, String(whole[..<start.lowerBound]))
  }

  private init?(_ bytes: [UInt8]) {
    func text(_ name: String) -> String? { JSONCursor.text(at: [name], in: bytes) }
    guard JSONCursor.isWhole(bytes), text("version") == "1",
      let kind = text("report").flatMap(ReportOrder.Kind.init(rawValue:)), let day = text("day").flatMap({ Day($0) }),
      let asOf = text("as_of").flatMap({ Instant($0) }), let rules = text("rules").flatMap({ Int64($0) }),
      let facts = text("facts"), let hash = text("text")
    else { return nil }
    order = ReportOrder(
      kind: kind, day: day, symbols: text("assets").map { $0.split(separator: ",").map(String.init) },
      isWhole: text("all") == "true", adjustment: text("adjust").flatMap(Adjustment.init(rawValue:)))
    self.asOf = asOf
    knownOn = text("known_on").flatMap { Instant($0) }
    knownAt = text("known_at").flatMap { Instant($0) }
    record = text("record")
    self.rules = rules
    maker = text("maker") ?? ""
    self.facts = facts
    self.text = hash
  }
}
