/// The names that somebody may have meant by one that does not exist, the nearest first, three at most.
///
/// Near is a name that differs by few slips of the hand, or of which what was typed is a part. Case, `-` and `_` do
/// not count.
package func nearNames(to typed: String, among names: [String]) -> [String] {
  let plain = spelledPlainly(typed)
  guard !plain.isEmpty, plain.count <= 64 else { return [] }
  let most = 1 + plain.count / 4
  let near = names.filter { $0 != typed }.compactMap { name -> (name: String, slips: Int)? in
    let other = spelledPlainly(name)
    let slips = slips(plain, other)
    if slips <= most, slips < max(plain.count, other.count) { return (name, slips) }
    let isPart = plain.count >= 3 && String(other).contains(String(plain))
    return isPart ? (name, most + 1) : nil
  }
  return near.enumerated().sorted { ($0.element.slips, $0.offset) < ($1.element.slips, $1.offset) }
    .prefix(3).map(\.element.name)
}

/// ` (did you mean 'sentiment_daily' or 'sentiment'?)`, or the empty text where nothing is near.
package func meantText(_ typed: String, among names: [String]) -> String {
  meantText(nearNames(to: typed, among: names))
}

/// The same of names that are known to be near.
package func meantText(_ names: [String]) -> String {
  let near = names.map { "'\($0)'" }
  guard let last = near.last else { return "" }
  let others = near.dropLast()
  return " (did you mean " + (others.isEmpty ? last : others.joined(separator: ", ") + " or " + last) + "?)"
}

private func spelledPlainly(_ name: String) -> [Character] {
  name.lowercased().map { $0 == "-" ? "_" : $0 }
}

/// How many letters were left out, put in, mistaken, or swapped with their neighbour (optimal string alignment).
private func slips(_ a: [Character], _ b: [Character]) -> Int {
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
      row.append(least)
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}
