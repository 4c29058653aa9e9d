import Market
import Store

extension SnapshotRow {
  /// What a part of the day returned, as a fraction.
  func change(in part: DayPart) -> Double? {
    switch part {
    case .asia: measures.asiaReturn
    case .europe: measures.europeReturn
    case .us: measures.usReturn
    }
  }
}
