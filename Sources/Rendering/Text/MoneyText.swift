/// Whole US dollars for people: `950,000 USD`, `12.3 m USD`, `−1.2 bn USD`, `3.1 tn USD`.
///
/// - Parameter isSigned: whether an inflow bears a plus.
package func moneyText(usd: Int64, isSigned: Bool = false) -> String {
  (isSigned && usd > 0 ? "+" : "") + magnitudeText(usd) + " USD"
}

private func magnitudeText(_ usd: Int64) -> String {
  // The limits are where the text of the smaller unit would round up to 1000.0.
  switch usd.magnitude {
  case ..<1_000_000: groupedText(usd)
  case ..<999_950_000: fixedText(Double(usd) / 1e6, decimals: 1) + " m"
  case ..<999_950_000_000: fixedText(Double(usd) / 1e9, decimals: 1) + " bn"
  default: fixedText(Double(usd) / 1e12, decimals: 1) + " tn"
  }
}
