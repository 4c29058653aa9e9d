/// Numbers that a provider holds in 32 bits and prints with the digits of 64.
package enum SinglePrecision {
  /// What was meant by such a number: the shortest decimal that denotes the same 32-bit float, as its nearest double:
  /// 75.0875 for 75.0875015258789. A number that is no widened 32-bit float is itself.
  package static func meant(_ printed: Double) -> Double {
    let narrow = Float(printed)
    guard Double(narrow) == printed else { return printed }
    return Double(narrow.description) ?? printed
  }
}
