import Market
import Rendering

/// The tables of `status`: what matters most stands to the left, since a narrow terminal loses columns from the right.
enum StatusTables {
  /// Below this many columns the headings would be cut, and gaps are left to the lines below the table.
  private static let comfortableWidth = 76

  static func groups(_ groups: [StatusGroup], width: Int?, style: TextStyle) -> String {
    let columns = [
      Column("group", .text), Column("on time", .integer), Column("late", .integer), Column("newest", .text),
      Column("rows", .integer),
    ]
    let gaps = (width ?? .max) < comfortableWidth ? [] : [Column("gaps", .integer), Column("missing", .integer)]
    return tableText("groups", columns + gaps, groups, on: TableScreen(width: width, style: style)) { group, row in
      row.text(group.kind.title)
      row.integer(Int64(group.onTime))
      row.integer(Int64(group.late))
      row.text(group.newest?.newest ?? "")
      row.integer(Int64(group.rows))
      guard !gaps.isEmpty else { return }
      row.integer(Int64(group.gaps))
      row.integer(Int64(group.missing))
    }
  }

  static func series(_ states: [SeriesState], width: Int?, style: TextStyle) -> String {
    let columns = [
      Column("series", .text), Column("state", .text), Column("newest", .text), Column("behind", .integer),
      Column("rows", .integer), Column("gaps", .integer), Column("missing", .integer), Column("first", .text),
    ]
    return tableText("series", columns, states, on: TableScreen(width: width, style: style)) { state, row in
      row.text(state.subject)
      row.text(state.failedAt != nil && !state.isLate ? "failed" : state.standing.word)
      row.text(state.newest)
      row.integer(Int64(state.behind))
      row.integer(Int64(state.series.count))
      row.integer(Int64(state.gaps?.count ?? 0))
      row.integer(Int64(state.gaps?.missing ?? 0))
      row.text(state.first)
    }
  }
}

extension SeriesState.Standing {
  fileprivate var word: String {
    self == .notConfigured ? "no key" : rawValue.replacing("_", with: " ")
  }
}
