import Rendering
import Store

extension Column {
  /// The column as encoders know it: instants and day parts are texts.
  package init(_ column: DatasetColumn) {
    let kind: Kind =
      switch column.kind {
      case .integer: .integer
      case .real: .real
      case .text, .instant, .dayPart: .text
      }
    let meaning: Meaning? =
      column.kind == .instant ? .instant : column.isDay ? .day : column.isFlag ? .flag : nil
    self.init(column.name, kind, isMinor: column.isMinor, meaning: meaning)
  }
}
