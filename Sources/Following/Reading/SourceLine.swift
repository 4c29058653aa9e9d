import Market
import Rendering

/// Who is asked, or is not: limits, what is used of them, and its key.
package struct SourceLine: Sendable {
  /// One of a source's rations, as it stands now.
  private struct Ration {
    let limit: Int
    let seconds: Int64
    let used: Int
    /// When it begins anew; `nil` where nothing is used.
    let endsAt: Instant?

    var left: Int { max(0, limit - used) }
  }

  private let name: ProviderName
  private let title: String
  private let homepage: String
  private let credential: Credential?
  private let hasKey: Bool
  private let rations: [Ration]
  private let spacing: Duration
  private let closedUntil: Instant?
  private let stored: Following.Source?
  private let isImported: Bool

  /// Of somebody who can be asked.
  ///
  /// - Parameters:
  ///   - stored: what the file says of it; `nil` where it does not know it yet.
  ///   - quotas: what is used, as last saved.
  package init(
    _ profile: ProviderProfile, _ stored: Following.Source?, hasKey: Bool, quotas: [QuotaState], at now: Instant
  ) {
    (name, title, homepage) = (profile.name, profile.title, profile.homepage)
    (credential, self.hasKey, self.stored, isImported) = (profile.credential, hasKey, stored, false)
    spacing = profile.politeness.spacing
    let own = quotas.filter { $0.provider == profile.name }
    rations = profile.politeness.windows.map { window in
      let state = own.first { profile.politeness.window(of: $0) == window }
      let isOpen = state.map { (0..<window.seconds).contains(now - $0.windowStart) } ?? false
      return Ration(
        limit: hasKey ? window.limitWithKey : window.limit, seconds: window.seconds,
        used: isOpen ? state?.used ?? 0 : 0, endsAt: isOpen ? state.map { $0.windowStart + window.seconds } : nil)
    }
    closedUntil = own.compactMap(\.notBefore).max().flatMap { $0 > now ? $0 : nil }
  }

  /// Of a source of imported files, whom nobody asks.
  package init(imported stored: Following.Source) {
    (name, title, homepage) = (stored.credit.name, stored.credit.title, stored.credit.homepage)
    (credential, hasKey, self.stored, isImported) = (nil, false, stored, true)
    (rations, spacing, closedUntil) = ([], .zero, nil)
  }

  private var isConfigured: Bool { hasKey || !(credential?.isRequired ?? false) }

  private var state: String {
    if isImported { return "imported" }
    if stored?.disabledAt != nil { return "disabled" }
    if !isConfigured { return "not configured" }
    return closedUntil == nil ? "asked" : "at rest"
  }

  private var key: String {
    guard let credential else { return isImported ? "" : "none needed" }
    return hasKey ? "set" : credential.isRequired ? "needed" : "not needed"
  }

  /// How to get the key that it lacks; `nil` where it has one, or none is of use.
  package var keyHint: String? {
    guard let credential, !hasKey else { return nil }
    let page = credential.page ?? homepage
    return credential.isRequired
      ? credential.noun == "key"
        ? "\(title) is asked once \(credential.setting)=… is in .env; a key: \(page)"
        : "\(title) is asked once \(credential.setting)=… (your \(credential.noun)) is in .env; why: \(page)"
      : "\(title) works without a key; with \(credential.setting)=… in .env it allows more: \(page)"
  }

  // MARK: - As a row and for programs

  /// The columns of a list of sources.
  package static let columns = [
    Column("source", .text), Column("state", .text), Column("key", .text), Column("limits", .text),
    Column("used", .text), Column("left", .text), Column("series", .integer, .minor), Column("rows", .integer, .minor),
    Column("title", .text, .reference),
  ]

  /// Writes its cells.
  package func write(to row: any RowEncoder) {
    row.text(name.description)
    row.text(closedUntil.map { "\(state) until \($0)" } ?? state)
    row.text(key)
    row.text(limits)
    row.text(rations.map { groupedText(Int64($0.used)) }.joined(separator: "; "))
    row.text(rations.map { groupedText(Int64($0.left)) }.joined(separator: "; "))
    row.integer(Int64(stored?.seriesCount ?? 0))
    row.integer(Int64(stored?.rowCount ?? 0))
    row.text(title)
  }

  /// `5 a minute, 25 a day; 15 s apart`
  private var limits: String {
    let words = rations.map { rationText($0.limit, in: $0.seconds) }
    let seconds = Double(spacing.components.seconds) + Double(spacing.components.attoseconds) / 1e18
    let apart = seconds > 0 ? ["\(NumberText.text(seconds)) s apart"] : []
    return (words + apart).joined(separator: ", ")
  }

  /// What it is for programs.
  package var json: JSONValue {
    let limits = rations.map { ration -> JSONValue in
      [
        "limit": .integer(Int64(ration.limit)), "seconds": .integer(ration.seconds),
        "used": .integer(Int64(ration.used)), "left": .integer(Int64(ration.left)),
        "ends_at": .optional(ration.endsAt?.description),
      ]
    }
    let spacing = self.spacing.components
    let key: JSONValue =
      credential.map {
        [
          "setting": .string($0.setting), "required": .bool($0.isRequired), "set": .bool(hasKey),
          "page": .string($0.page ?? homepage),
        ]
      } ?? .null
    return [
      "source": .string(name.description), "title": .string(title), "homepage": .string(homepage),
      "state": .string(state.replacing(" ", with: "_")), "key": key, "limits": .array(limits),
      "spacing_seconds": .number(Double(spacing.seconds) + Double(spacing.attoseconds) / 1e18),
      "closed_until": .optional(closedUntil?.description), "series": .integer(Int64(stored?.seriesCount ?? 0)),
      "rows": .integer(Int64(stored?.rowCount ?? 0)),
    ]
  }
}
