/// How the values of a stretch lie about their mean.
///
/// Joined by the formulas of Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample
/// Variances" (1979): no square of a price is ever taken away from another, and values that are all the same have a
/// variance of exactly 0.
struct Moments: WindowSummary {
  let count: Double
  let mean: Double
  /// The sum of squared distances from the mean.
  let squares: Double

  /// One value.
  init(_ value: Double) { self.init(count: 1, mean: value, squares: 0) }

  private init(count: Double, mean: Double, squares: Double) {
    self.count = count
    self.mean = mean
    self.squares = squares
  }

  func joined(_ newer: Moments) -> Moments {
    let total = count + newer.count
    let distance = newer.mean - mean
    let share = newer.count / total
    return Moments(
      count: total, mean: mean + distance * share,
      squares: squares + newer.squares + distance * distance * (count * share))
  }

  /// Divided by the number of values, as of a whole population.
  var populationDeviation: Double { (squares / count).squareRoot() }
}

/// How the values of two series over one stretch lie about their means, and with each other.
struct JointMoments: WindowSummary {
  let count: Double
  let meanX: Double
  let meanY: Double
  let squaresX: Double
  let squaresY: Double
  /// The sum of the products of both distances.
  let products: Double

  /// One pair.
  init(_ x: Double, _ y: Double) {
    self.init(count: 1, meanX: x, meanY: y, squaresX: 0, squaresY: 0, products: 0)
  }

  private init(
    count: Double, meanX: Double, meanY: Double, squaresX: Double, squaresY: Double, products: Double
  ) {
    self.count = count
    self.meanX = meanX
    self.meanY = meanY
    self.squaresX = squaresX
    self.squaresY = squaresY
    self.products = products
  }

  func joined(_ newer: JointMoments) -> JointMoments {
    let total = count + newer.count
    let share = newer.count / total
    let weight = count * share
    let (dx, dy) = (newer.meanX - meanX, newer.meanY - meanY)
    return JointMoments(
      count: total, meanX: meanX + dx * share, meanY: meanY + dy * share,
      squaresX: squaresX + newer.squaresX + dx * dx * weight,
      squaresY: squaresY + newer.squaresY + dy * dy * weight,
      products: products + newer.products + dx * dy * weight)
  }
}
