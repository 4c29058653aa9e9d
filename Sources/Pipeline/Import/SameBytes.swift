import Market
import SQLite
import Store

/// Whether the very bytes of a file were imported before and read otherwise: as another asset, in another zone, by
/// other columns. One of the two is mostly a mistake.
struct SameBytes {
  let opened: OpenedImport
  let store: Store

  /// The newest import of these bytes, where it and every other read them otherwise.
  func earlier(of fingerprint: FileFingerprint) throws(StoreError) -> KeptImport? {
    let all = try store.imports.all(of: fingerprint)
    guard !all.contains(where: { !isOtherwise($0.order) }) else { return nil }
    return all.first { !takesOtherRows($0.order) }
  }

  /// Why the file is not taken without `--again`; `nil` where it is.
  ///
  /// - Parameter command: the arguments that were given.
  func refusal(of fingerprint: FileFingerprint, command: String) throws(StoreError) -> FileRefusal? {
    try earlier(of: fingerprint).map { earlier in
      FileRefusal(SameBytes.words(for: earlier), hint: "If both are meant: appliance \(command) --again")
    }
  }

  /// What was imported, when, as what.
  static func words(for earlier: KeptImport) -> String {
    let series = "\(earlier.order.asset.map { "\($0) " } ?? "")\(earlier.series.key.provider) \(earlier.order.interval)"
    return "the same bytes were imported as \(series) at \(earlier.receivedAt) (import \(earlier.fetch.rawValue), "
      + "\(earlier.name)) and read otherwise"
  }

  /// Of a file imported before findings were stored, what was told is compared.
  private func isOtherwise(_ kept: ImportOrder) -> Bool {
    let reading = kept.asTold
    return reading != opened.settled.asTold && reading != opened.order.asTold
  }

  /// Whether each of the two takes rows of its own.
  private func takesOtherRows(_ kept: ImportOrder) -> Bool {
    !kept.wanted.isEmpty && !opened.order.wanted.isEmpty && kept.wanted != opened.order.wanted
  }
}

extension ImportOrder {
  /// Without the rules of the program and what it found out by them.
  fileprivate var asTold: ImportOrder {
    var order = self
    order.edition = 1
    order.findings = FileFindings()
    return order
  }
}
