import Market
import Testing

@testable import Metrics

@Suite struct PortfolioTests {
  private static let sunday = Day(daysSinceEpoch: 20_345)  // 2025-09-14

  /// Days up to a Sunday, of prices that go their own way by a number.
  private static func bars(
    _ seed: Int, drift: Double = 0, swing: Double = 1, count: Int = 250, every step: Int = 1, shift: Int = 0
  ) -> [Bar] {
    (0..<count).map { index in
      let noise = Double(index * (5 + seed * 2) % 97) * 22 / 97 - 11
      let close = 100 * (1 + drift * Double(index) / 250) + swing * noise
      let day = sunday - shift - (count - 1 - index) * step
      return Bar(openTime: day.start, open: close, high: close + 1, low: close - 1, close: close, volume: 1)
    }
  }

  private static func candidate(
    _ part: PortfolioClass, _ seed: Int, drift: Double = 0, swing: Double = 1, count: Int = 250
  ) throws -> PortfolioCandidate {
    try #require(
      PortfolioCandidate(
        part, bars(seed, drift: drift, swing: swing, count: count), until: sunday, periodsPerYear: 365))
  }

  private static func universe(_ stocks: Int, _ coins: Int, _ commodities: Int) throws -> [PortfolioCandidate] {
    try (0..<stocks).map { try candidate(.stocks, $0) } + (0..<coins).map { try candidate(.crypto, 10 + $0) }
      + (0..<commodities).map { try candidate(.commodities, 30 + $0) }
  }

  @Test(
    arguments: [(0, 1, 0), (1, 0, 0), (0, 7, 0), (9, 0, 0), (0, 0, 3), (7, 1, 0), (0, 2, 2), (9, 6, 4), (1, 1, 1)],
    PortfolioProfile.allCases)
  func `weights are whole and sum to a hundred, whatever there is`(
    counts: (Int, Int, Int), profile: PortfolioProfile
  ) throws {
    let portfolio = try #require(Portfolio(profile, among: Self.universe(counts.0, counts.1, counts.2)))
    #expect(portfolio.weights.values.reduce(0, +) == 100)
    #expect(portfolio.picks.reduce(0) { $0 + $1.weight } == 100)
    #expect(portfolio.picks.allSatisfy { $0.weight > 0 })
    for (part, count) in zip(PortfolioClass.allCases, [counts.0, counts.1, counts.2]) {
      let picks = portfolio.picks.filter { $0.candidate.part == part }
      #expect(picks.reduce(0) { $0 + $1.weight } == portfolio.weights[part])
      #expect(((portfolio.weights[part] ?? 0) > 0) == (count > 0))
      #expect(picks.count <= part.mostPicks && Set(picks.map(\.index)).count == picks.count)
    }
  }

  @Test func `without a candidate there is no portfolio`() {
    #expect(Portfolio(.moderate, among: []) == nil)
  }

  @Test func `one asset alone is all of it, and divides nothing`() throws {
    let portfolio = try #require(Portfolio(.moderate, among: Self.universe(0, 1, 0)))
    #expect(portfolio.picks.map(\.weight) == [100])
    #expect(try #require(portfolio.diversification).magnitude < 1e-12)
    #expect(portfolio.risks.first == "All of it is one asset.")
    #expect(portfolio.risks.last == "By rule 1, from what was; not advice.")
    let volatility = try #require(portfolio.volatility)
    #expect((volatility - portfolio.picks[0].candidate.volatility).magnitude < 1e-12)
  }

  @Test func `the score is one less the weighted sum of correlations`() throws {
    let portfolio = try #require(Portfolio(.conservative, among: Self.universe(3, 2, 2)))
    let matrix = try #require(
      CorrelationMatrix.shrunk(ofReturns: commonLogReturns(of: portfolio.picks.map(\.candidate.closes))))
    var together = 0.0
    for (one, row) in zip(portfolio.picks, matrix.values) {
      for (other, value) in zip(portfolio.picks, row) { together += Double(one.weight * other.weight) * (value ?? 0) }
    }
    #expect((try #require(portfolio.diversification) - (1 - together / 10_000)).magnitude < 1e-12)
    #expect(portfolio.observations == 89)
  }

  @Test func `where too few days are common the score is missing, and that is a risk`() throws {
    // Every other day, and the days between.
    let one = Self.bars(1, count: 100, every: 2), other = Self.bars(2, count: 100, every: 2, shift: 1)
    let candidates = try [one, other].map {
      try #require(PortfolioCandidate(.crypto, $0, until: Self.sunday, periodsPerYear: 365))
    }
    let portfolio = try #require(Portfolio(.aggressive, among: candidates))
    #expect(portfolio.diversification == nil && portfolio.volatility == nil)
    #expect(portfolio.picks.map(\.weight) == [50, 50])
    #expect(
      portfolio.risks.contains("How its parts move together is not known: 0 returns are common to them, 30 are needed.")
    )
  }

  @Test func `what moves as a part that is picked already is passed over`() throws {
    let twins = try (0..<3).map { _ in try Self.candidate(.stocks, 4) } + [Self.candidate(.stocks, 5, swing: 2)]
    let portfolio = try #require(Portfolio(.conservative, among: twins))
    #expect(portfolio.picks.map(\.index).sorted() == [0, 3])
    #expect(portfolio.picks.allSatisfy { $0.reason.contains(" of 4 from the least; ") })
  }

  @Test func `each profile ranks by a figure of its own, and what falls comes last where it is shunned`() throws {
    let calm = try Self.candidate(.crypto, 1, drift: -0.5, swing: 0.2)
    let usual = try Self.candidate(.crypto, 2, swing: 1), rising = try Self.candidate(.crypto, 3, drift: 4, swing: 2)
    #expect(calm.trend == .bearish && rising.trend == .bullish)
    func order(_ profile: PortfolioProfile) -> [Int]? {
      Portfolio(profile, among: [calm, usual, rising])?.picks.map(\.index)
    }
    #expect(order(.conservative) == (usual.volatility < rising.volatility ? [1, 2, 0] : [2, 1, 0]))
    #expect(order(.moderate) == [2, 1, 0])
    let strongest = [calm, usual, rising].enumerated().max { $0.element.momentum < $1.element.momentum }?.offset
    #expect(order(.aggressive)?.first == strongest)
  }

  @Test func `a class of which all rise weighs more than one of which all fall`() throws {
    // Of a coin with a hundred bars no trend is known.
    let coin = try Self.candidate(.crypto, 2, count: 100)
    func stocks(_ drift: Double, count: Int = 250) throws -> Int? {
      let stocks = try Self.candidate(.stocks, 1, drift: drift, swing: 0.3, count: count)
      return Portfolio(.moderate, among: [stocks, coin])?.weights[.stocks]
    }
    // 60 and 20 of base, of which the first counts five or three quarters.
    #expect(try stocks(2) == 79)
    #expect(try stocks(2, count: 100) == 75)
    #expect(try stocks(-0.6) == 69)
  }

  @Test func `the same candidates give the same portfolio`() throws {
    func parts() throws -> [String] {
      let portfolio = try #require(Portfolio(.moderate, among: Self.universe(6, 6, 4)))
      return portfolio.picks.map { "\($0.index) \($0.weight) \($0.reason)" } + portfolio.risks
    }
    #expect(try parts() == parts())
  }

  @Test func `of a week without a bar, of few bars and of a price that never moves there is no candidate`() {
    func candidate(_ bars: [Bar]) -> PortfolioCandidate? {
      PortfolioCandidate(.stocks, bars, until: Self.sunday, periodsPerYear: 252)
    }
    #expect(candidate(Self.bars(1, count: 61)) != nil)
    #expect(candidate(Self.bars(1, count: 60)) == nil)
    #expect(candidate(Self.bars(1, shift: 7)) == nil)
    #expect(candidate(Self.bars(1, shift: 6)) != nil)
    #expect(candidate(Self.bars(1, swing: 0)) == nil)
    #expect(candidate(Self.bars(1, drift: -1.2)) == nil)
  }

  @Test(arguments: [([1.0, 1, 1], [34, 33, 33]), ([0, 2, 0], [0, 100, 0]), ([1, 2, 4], [14, 29, 57]), ([], [])])
  func `whole shares sum to the whole, what is left going to the largest remainders`(shares: [Double], parts: [Int]) {
    #expect(wholeShares(shares, of: 100) == parts)
  }
}
