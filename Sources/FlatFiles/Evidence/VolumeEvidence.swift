import Formats
import Market

/// Which column of a file with a header holds what changed hands in units of the asset, and which holds money.
struct VolumeEvidence {
  private let layout: FileLayout
  private let order: ImportOrder
  private let names: [(column: Int, name: VolumeName)]

  init(_ layout: FileLayout, _ order: ImportOrder) {
    self.layout = layout
    self.order = order
    names = layout.header.enumerated().compactMap { index, name in
      // Rows of a date and a time under one name are a field wider behind it.
      let column = layout.hasSplitTime && index > (layout.plan[.time] ?? 0) ? index + 1 : index
      return order.skips(name, at: column) ? nil : VolumeName(name, of: order.asset).map { (column, $0) }
    }
  }

  /// Puts the right column into the plan; none where bars are taken without a volume.
  ///
  /// - Throws: what is asked where the only volume is money.
  static func settle(_ layout: inout FileLayout, _ order: ImportOrder) throws(FileRefusal) {
    guard order.dataset == .bar, order.judgesEvidence, !layout.header.isEmpty,
      !order.columns.contains(where: { $0.field == Field.volume.rawValue })
    else { return }
    let evidence = VolumeEvidence(layout, order)
    let column = evidence.column
    if let column {
      guard let (why, better) = evidence.whyMoney(column) else {
        layout.plan[.volume] = column
        return
      }
      try evidence.ask(column, why, better)
    } else if let money = evidence.names.first(where: { $0.name == .money })?.column {
      try evidence.ask(money, "its name says money", nil)
    } else if layout.plan[.volume] != nil, evidence.names.isEmpty {
      return
    }
    layout.plan[.volume] = nil
  }

  /// - Parameter better: the column that is in units as the rows show, where one is.
  private func ask(_ column: Int, _ why: String, _ better: Int?) throws(FileRefusal) {
    guard !order.takesNoVolume else { return }
    let found =
      "its volume '\(Excerpt.of(name(of: column), limit: 40))' is not in units of \(order.asset ?? "the asset"): \(why)"
    throw FileRefusal(
      found,
      hint: better.map { "Say --map volume=\(word(for: $0)); or take the bars without: --no-volume" }
        ?? "Take the bars without: --no-volume; or, if it is in units after all: --map volume=\(word(for: column))")
  }

  /// A column as it is typed.
  private func word(for column: Int) -> String {
    let name = Excerpt.of(name(of: column), limit: 40)
    let isPlain = name.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 0x20) || $0 == 95 }
    return name.isEmpty ? "\(column + 1)" : isPlain ? name : "'\(name)'"
  }

  /// The column that is in units of the asset by its name, or may be.
  private var column: Int? {
    func first(_ fits: (VolumeName) -> Bool) -> Int? { names.first { fits($0.name) }?.column }
    if let units = first({ $0 == .units }) { return units }
    let plain = names.filter { $0.name == .plain }.map(\.column)
    if let known = layout.plan[.volume], plain.contains(known) { return known }
    if let plain = plain.first { return plain }
    return first { if case .other = $0 { true } else { false } }
  }

  /// Why a column is money; `nil` where nothing shows it.
  private func whyMoney(_ column: Int) -> (why: String, better: Int?)? {
    let own = names.first { $0.column == column }?.name
    for (other, name) in names where other != column && name != own {
      switch relation(of: column, to: other) {
      case .isUnits: return nil
      case .isMoney:
        return (
          "\(evidenceRow(column)) it is '\(Excerpt.of(self.name(of: other), limit: 40))' times the price", other
        )
      case nil: break
      }
    }
    if let sign = currency(in: column) { return ("its cells bear the sign \(sign)", nil) }
    if own == .plain, let site = siteOfMoney { return ("\(site) gives it in money", nil) }
    if case .other(let rest)? = own { return ("its name says \(rest.uppercased())", nil) }
    return nil
  }

  /// The sign of a currency that most cells of a column bear.
  private func currency(in column: Int) -> String? {
    let cells = layout.rows.compactMap { column < $0.count ? SpelledNumber($0[column].utf8) : nil }
    let signs = cells.compactMap(\.currency)
    return signs.count * 2 > cells.count ? signs.first : nil
  }

  private func evidenceRow(_ column: Int) -> String {
    let row = layout.rows.first { LayoutProof.number($0, column).map { $0 > 0 } ?? false }
    return row.map { "at \(Excerpt.of($0[column], limit: 30))" } ?? "where it is not 0"
  }

  /// Sites whose one volume is in dollars, told by the columns beside it.
  private var siteOfMoney: String? {
    guard order.assetClass == .crypto else { return nil }
    let words = Set(layout.header.map(HeaderWords.plain))
    if words.isSuperset(of: ["timeopen", "timeclose"]) { return "CoinMarketCap" }
    if words.contains("marketcap") { return "a file with market caps" }
    return words.contains("adjclose") ? "Yahoo" : nil
  }

  private func name(of column: Int) -> String {
    let index = layout.hasSplitTime && column > (layout.plan[.time] ?? 0) ? column - 1 : column
    return index < layout.header.count ? layout.header[index] : "\(column + 1)"
  }

  // MARK: Two volumes

  private enum Relation { case isUnits, isMoney }

  /// What most rows show: that the other column is this one times a price within the bar, or the reverse.
  private func relation(of column: Int, to other: Int) -> Relation? {
    var seen: [Relation?: Int] = [:]
    for row in layout.rows {
      guard let mine = LayoutProof.number(row, column), let theirs = LayoutProof.number(row, other), mine > 0,
        theirs > 0, let low = price(.low, row), let high = price(.high, row), low > 0
      else { continue }
      // At a price near 1 both readings hold, and nothing is shown.
      let isUnits = (low * 0.9...max(low, high) * 1.1).contains(theirs / mine)
      let isMoney = (low * 0.9...max(low, high) * 1.1).contains(mine / theirs)
      seen[isUnits == isMoney ? nil : isUnits ? .isUnits : .isMoney, default: 0] += 1
    }
    let total = seen.values.reduce(0, +)
    return seen.first { $0.key != nil && $0.value * 2 > total }?.key
  }

  private func price(_ field: Field, _ row: [String]) -> Double? {
    layout.plan[field].flatMap { LayoutProof.number(row, $0) }
  }
}
