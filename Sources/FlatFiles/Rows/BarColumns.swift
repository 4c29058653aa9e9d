/// Where the columns of a bar lie, for the loop that runs a million times; -1 for one that is not there.
struct BarColumns {
  let open, high, low, close, volume, symbol: Int

  init(_ plan: ColumnPlan) {
    func column(_ field: Field) -> Int { plan[field] ?? -1 }
    (open, high, low) = (column(.open), column(.high), column(.low))
    (close, volume, symbol) = (column(.close), column(.volume), column(.symbol))
  }

  @inline(__always)
  subscript(field: Field) -> Int {
    switch field {
    case .open: open
    case .high: high
    case .low: low
    default: close
    }
  }
}
