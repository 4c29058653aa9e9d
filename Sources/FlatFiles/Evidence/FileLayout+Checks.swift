import Formats
import Market

extension FileLayout {
  /// Refuses a file that cannot be read by its header.
  ///
  /// - Parameter isWhole: whether the first rows are all that there are.
  func check(_ order: ImportOrder, isWhole: Bool) throws(FileRefusal) {
    guard order.judgesEvidence else { return }
    if start == Int.max, !isWhole {
      throw FileRefusal("below its header no row comes within a megabyte", hint: "Cut off what is not of the table")
    }
    try checkNames(order)
    try checkFunds()
  }

  /// Of two columns of one fund, either could be meant.
  private func checkFunds() throws(FileRefusal) {
    let columns = Dictionary(grouping: plan.funds) { $0.value }.mapValues { $0.map { $0.key + 1 }.sorted() }
    guard let (name, numbers) = columns.filter({ $0.value.count > 1 }).min(by: { $0.key < $1.key }) else { return }
    throw FileRefusal(
      "\(numbers.count) of its columns are called \(name), "
        + "\(numbers.dropLast().map(String.init).joined(separator: ", ")) and \(numbers.last ?? 0)",
      hint: "Leave out all but one: --skip-column \(numbers.dropFirst().map(String.init).joined(separator: ","))")
  }

  /// Of two columns that bear the name of one that is needed, either could be meant.
  private func checkNames(_ order: ImportOrder) throws(FileRefusal) {
    for (field, column) in plan.columns.sorted(by: { $0.value < $1.value }) {
      let index = hasSplitTime && column > (plan[.time] ?? 0) ? column - 1 : column
      guard index < header.count, !HeaderWords.plain(header[index]).isEmpty,
        !order.columns.contains(where: { Field.told($0.field) == field })
      else { continue }
      let same = header.indices.filter {
        HeaderWords.plain(header[$0]) == HeaderWords.plain(header[index]) && !order.skips(header[$0], at: $0)
      }
      guard same.count > 1 else { continue }
      let numbers = same.map { $0 + 1 + (column - index) }
      throw FileRefusal(
        "\(same.count) of its columns are called '\(Excerpt.of(header[index], limit: 40))', "
          + "\(numbers.dropLast().map(String.init).joined(separator: ", ")) and \(numbers.last ?? 0)",
        hint: "Say which is meant: "
          + numbers.map { "--map \(field.toldName ?? field.rawValue)=\($0)" }.joined(separator: " or "))
    }
  }

  /// Refuses bars without a volume that were not asked for.
  func checkVolume(_ order: ImportOrder) throws(FileRefusal) {
    let isWithout = plan[.volume].map(isEmpty) ?? true
    guard isWithout, !order.takesNoVolume, order.judgesEvidence else { return }
    throw FileRefusal(
      plan[.volume] == nil ? "it has no column for the volume" : "its column for the volume is empty",
      hint: "Take its bars without: --no-volume stores a volume of 0")
  }

  private func isEmpty(_ column: Int) -> Bool {
    !rows.isEmpty && rows.allSatisfy { column >= $0.count || AmountText.isBlank(Array($0[column].utf8)) }
  }
}
