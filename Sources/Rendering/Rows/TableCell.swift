import Market

/// A cell of a table that waits for the others of its column.
enum TableCell {
  case nothing
  case integer(Int64)
  case real(Double)
  case instant(Instant)
  case text(String)

  /// As every program reads it: a number with all its digits, an instant with its seconds.
  var exactText: String {
    switch self {
    case .nothing: ""
    case .integer(let value): String(value)
    case .real(let value): value.isNaN ? "" : NumberText.text(value)
    case .instant(let instant): instant.description
    case .text(let text): text
    }
  }

  /// The number in it.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value.isFinite ? value : nil
    case .nothing, .instant, .text: nil
    }
  }
}
