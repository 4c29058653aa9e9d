/// `a`, `a and b`, `a, b and c`
package func enumeration(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}

/// `1 hour`, `2 hours`, `1,200 hours`
package func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(groupedText(Int64(count))) \(noun)s"
}
