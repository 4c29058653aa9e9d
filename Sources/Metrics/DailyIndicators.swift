/// What is kept of each day of a series: RSI 14, MACD 12/26/9, simple averages over 20, 50 and 200 days, and the change
/// against the day before.
///
/// Closes are taken one by one. After a whole number of blocks of 200 days a state can be kept from which the values go on
/// with the same bits: the recursive ones are three averages each, and the windows of the others are folded by blocks whose
/// lengths all divide 200, so that they need no more than the block before.
package struct DailyIndicators: Sendable {
  /// What one day gives; `nil` during the warm-up, and where the formula has no value.
  package struct Values: Hashable, Sendable {
    /// From 0 to 100.
    package let rsi: Double?
    /// The fast average less the slow one, in units of prices.
    package let macd: Double?
    /// Means of the last closes, in units of prices.
    package let sma20, sma50, sma200: Double?
    /// Close ÷ close of the day before − 1; missing from or to a price that is not above zero.
    package let change: Double?
    /// The natural logarithm of the quotient; missing where the change is.
    package let logReturn: Double?

    /// Values as given, in the order in which they are handed over.
    package init(_ values: [Double?]) {
      (rsi, macd, sma20, sma50, sma200) = (values[0], values[1], values[2], values[3], values[4])
      (change, logReturn) = (values[5], values[6])
    }

    fileprivate init(
      rsi: Double?, macd: Double?, sma20: Double?, sma50: Double?, sma200: Double?, change: Double?, logReturn: Double?
    ) {
      (self.rsi, self.macd, self.sma20, self.sma50, self.sma200) = (rsi, macd, sma20, sma50, sma200)
      (self.change, self.logReturn) = (change, logReturn)
    }

    /// Hands them over one by one, in the order in which a table has them: RSI, MACD, the averages, the change, its
    /// logarithm.
    package func hand(to receive: (Double?) -> Void) {
      receive(rsi)
      receive(macd)
      receive(sma20)
      receive(sma50)
      receive(sma200)
      receive(change)
      receive(logReturn)
    }
  }

  /// What the days before a whole block have left behind.
  package struct State: Hashable, Sendable {
    /// Close of the last of them.
    package let lastClose: Double
    /// The index at it, and the averages that it is made of.
    package let rsi, gains, losses: Double
    /// The averages of MACD: of prices and of their distance.
    package let fast, slow, signal: Double

    /// A state in the order in which `all` has it.
    package init(_ numbers: [Double]) {
      (lastClose, rsi, gains, losses) = (numbers[0], numbers[1], numbers[2], numbers[3])
      (fast, slow, signal) = (numbers[4], numbers[5], numbers[6])
    }

    /// In the order in which a table has it.
    package var all: [Double] { [lastClose, rsi, gains, losses, fast, slow, signal] }
  }

  /// How many days lie between two states that can be kept, and how many of them must be taken again before all values
  /// are right.
  package static let block = 200

  private var rsi = RelativeStrengthIndex(period: 14)
  private var macd = MACD(fast: 12, slow: 26, signal: 9)
  private var short = SimpleMovingAverage(period: 20)
  private var middle = SimpleMovingAverage(period: 50)
  private var long = SimpleMovingAverage(period: 200)
  private var last: Double?

  /// Goes on from a state, or begins before the first day.
  ///
  /// Behind a state RSI and MACD are right at once, an average once it has taken as many days as it spans.
  package init(from state: State? = nil) {
    guard let state else { return }
    last = state.lastClose
    rsi.resume(at: state.lastClose, index: state.rsi, gains: state.gains, losses: state.losses)
    macd.resume(fast: state.fast, slow: state.slow, signal: state.signal)
  }

  /// The state after the days taken so far; `nil` while something still warms up. To be kept after whole blocks only.
  package var state: State? {
    guard let last, let (index, gains, losses) = rsi.settled, let (fast, slow, signal) = macd.settled else {
      return nil
    }
    return State([last, index, gains, losses, fast, slow, signal])
  }

  /// Takes the close of the next day, a finite number.
  package mutating func take(_ close: Double) -> Values {
    let before = last
    last = close
    let change = before.flatMap { $0 > 0 && close > 0 ? simpleReturn(from: $0, to: close) : nil }
    return Values(
      rsi: rsi.step(close), macd: macd.step(close)?.macd, sma20: short.step(close), sma50: middle.step(close),
      sma200: long.step(close), change: change,
      logReturn: change == nil ? nil : before.flatMap { Metrics.logReturn(from: $0, to: close) })
  }
}
