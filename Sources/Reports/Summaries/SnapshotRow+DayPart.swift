import Market
import Store

extension SnapshotRow {
  /// What a part of the day returned, as a fraction.
  func change(in part: DayPart) -> Double? {
    switch part {
    case .asia: asiaReturn
    case .europe: europeReturn
    case .us: usReturn
    }
  }
}
