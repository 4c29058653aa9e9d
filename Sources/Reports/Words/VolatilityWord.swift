/// How a volatility feels, by figures usual among cryptocurrencies: below 20 % a year is rare, above 80 % is a storm.
///
/// - Parameter volatility: a fraction a year.
func volatilityWord(_ volatility: Double) -> String {
  switch volatility {
  case ..<0.2: "very low"
  case ..<0.4: "low"
  case ..<0.6: "moderate"
  case ..<0.8: "high"
  default: "very high"
  }
}
