/// Days in order, to be asked whether one is among them and how many lie in a stretch.
struct ClosedDays: Hashable, Sendable {
  /// In order, each once.
  let days: [Day]

  init(_ days: some Sequence<Day>) { self.days = Set(days).sorted() }

  func contains(_ day: Day) -> Bool {
    let place = place(of: day)
    return place < days.count && days[place] == day
  }

  func count(in range: ClosedRange<Day>) -> Int { place(of: range.upperBound + 1) - place(of: range.lowerBound) }

  /// How many of them lie before a day.
  private func place(of day: Day) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
