/// A count of bytes for people, in powers of a thousand: `999 B`, `1.4 MB`, `12 GB`.
package func humanSize(bytes: Int64) -> String {
  var value = Double(bytes)
  var units = ["kB", "MB", "GB", "TB", "PB", "EB"][...]
  guard value.magnitude >= 1000 else { return "\(fixedText(value, decimals: 0)) B" }
  value /= 1000
  // 999.5 of a unit would round up to 1000 of it.
  while value.magnitude >= 999.5, units.count > 1 {
    value /= 1000
    units.removeFirst()
  }
  return "\(fixedText(value, decimals: value.magnitude < 9.95 ? 1 : 0)) \(units.first ?? "EB")"
}
