/// How closely the returns of several assets move along with each other.
package struct CorrelationMatrix: Hashable, Sendable {
  /// Symmetric, with 1 along the diagonal; `nil` where one of two never moved.
  package let values: [[Double?]]
  /// How many returns of each asset it is made of.
  package let observations: Int
  /// The share of the scaled identity that was mixed in, from 0 to 1; 0 for the plain matrix.
  package let shrinkage: Double

  /// Pearson's correlations.
  ///
  /// - Parameter returns: a row for each period, a column for each asset; all rows as long.
  /// - Returns: `nil` for fewer than two rows, or without an asset.
  package static func plain(ofReturns returns: [[Double]]) -> CorrelationMatrix? {
    Covariances(returns).map { CorrelationMatrix($0.values, $0.rows, shrinkage: 0) }
  }

  /// Correlations of covariances that are drawn towards a scaled identity: where there are few returns for many assets,
  /// the largest and the smallest that are found are mostly chance.
  ///
  /// S = (1 − δ) C + δ μ I, C divided by n, μ the mean variance, δ by O. Ledoit and M. Wolf, "A well-conditioned estimator
  /// for large-dimensional covariance matrices" (2004), as scikit-learn's `ledoit_wolf`.
  ///
  /// - Parameter returns: a row for each period, a column for each asset; all rows as long.
  /// - Returns: `nil` for fewer than two rows, or without an asset.
  package static func shrunk(ofReturns returns: [[Double]]) -> CorrelationMatrix? {
    guard let covariances = Covariances(returns) else { return nil }
    let (share, scale) = covariances.shrinkage
    let mixed = covariances.values.indices.map { row in
      covariances.values[row].indices.map { column in
        (1 - share) * covariances.values[row][column] + (row == column ? share * scale : 0)
      }
    }
    return CorrelationMatrix(mixed, covariances.rows, shrinkage: share)
  }

  private init(_ covariances: [[Double]], _ observations: Int, shrinkage: Double) {
    self.observations = observations
    self.shrinkage = shrinkage
    values = covariances.indices.map { row in
      covariances.indices.map { column in
        pearson(covariance: covariances[row][column], covariances[row][row], covariances[column][column]).map {
          row == column ? 1 : $0
        }
      }
    }
  }
}

/// How returns vary together, divided by their number.
private struct Covariances {
  let rows: Int
  let values: [[Double]]
  /// The columns, less their means.
  private let centred: [[Double]]

  init?(_ returns: [[Double]]) {
    guard returns.count > 1, let width = returns.first?.count, width > 0,
      returns.allSatisfy({ $0.count == width })
    else { return nil }
    let count = Double(returns.count)
    let centred = (0..<width).map { column in
      let values = returns.map { $0[column] }
      let mean = values.reduce(0, +) / count
      return values.map { $0 - mean }
    }
    values = centred.map { one in centred.map { other in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } / count } }
    self.centred = centred
    rows = returns.count
  }

  /// The share of the identity, and what it is scaled by.
  var shrinkage: (share: Double, scale: Double) {
    let (count, width) = (Double(rows), Double(values.count))
    let scale = values.indices.reduce(0) { $0 + values[$1][$1] } / width
    var (fourth, squares) = (0.0, 0.0)
    for (one, row) in zip(centred, values) {
      for (other, covariance) in zip(centred, row) {
        fourth += zip(one, other).reduce(0) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }
        squares += covariance * covariance
      }
    }
    let distance = (squares - width * scale * scale) / width
    let error = min((fourth / count - squares) / (width * count), distance)
    return (error > 0 && distance > 0 ? error / distance : 0, scale)
  }
}
