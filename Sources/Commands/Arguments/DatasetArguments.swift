import ArgumentParser
import Following
import Market
import Rendering
import Schema
import Store

extension RowFormat: ExpressibleByArgument {}
extension SQLForm.Dialect: ExpressibleByArgument {}

extension NamedDataset {
  static var names: String { all.map(\.name).joined(separator: ", ") }

  /// Names and titles, for help.
  static var catalogueText: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { "  \($0.name.padded(to: width))  \($0.title)" }.joined(separator: "\n")
  }
}

extension Store {
  /// The symbols that flags name, as the file spells them, those of the groups among them; `nil` where none is named.
  package func symbols(_ values: [String], groups: [String] = [], flag: String = "--asset") throws -> [String]? {
    let asked = try split(values, flag: flag)
    let askedGroups = try split(groups, flag: "--group")
    guard !asked.isEmpty || !askedGroups.isEmpty else { return nil }
    let known = try catalogue.assets().map(\.symbol)
    var symbols = try asked.map { symbol in
      guard let found = Store.symbol(symbol, in: known) else {
        throw Failure(.usage, "\(flag): \(FollowedNames(try following.assets()).unknown(symbol))")
      }
      return found
    }
    for group in askedGroups {
      let members = try FollowedNames(try following.assets()).members(ofGroup: group).map(\.asset.symbol)
      symbols += members.filter { !symbols.contains($0) }
    }
    return symbols
  }

  /// As spelled, else whatever the case.
  static func symbol(_ text: String, in known: [String]) -> String? {
    known.first { $0 == text } ?? known.first { $0.uppercased() == text.uppercased() }
  }
}

/// The instants from one flag to another; `nil` where neither is given.
package func span(from: Moment?, to: Moment?, at now: Instant) throws -> ClosedRange<Instant>? {
  guard from != nil || to != nil else { return nil }
  let first = from?.first(at: now) ?? Instant.representable.lowerBound
  let last = to?.last(at: now) ?? Instant.representable.upperBound
  return try ordered(first, last)
}

/// What lies from one flag to another.
///
/// - Throws: wrong usage, where they are given the wrong way round.
package func ordered<Point: Comparable>(
  _ first: Point, _ last: Point, flags: (String, String) = ("--from", "--to")
) throws -> ClosedRange<Point> {
  guard first <= last else { throw Failure(.usage, "\(flags.0) \(first) lies after \(flags.1) \(last)") }
  return first...last
}

extension AssetClass: ExpressibleByArgument {
  /// Its name in any letter case.
  public init?(argument: String) { try? self.init(spoken: argument) }
}
