import Market

/// What is known of one server in the life of a transport: when it wants to be asked again, whether it is given up, and
/// how much patience with it is left.
struct Mood {
  /// No request before this instant: the provider said so.
  var notBefore: Instant?
  /// Why it is asked no more.
  var givenUp: TransportError?
  private let patience: Patience
  private var waiting: Duration
  /// Tries in a row that brought no whole answer, whichever requests they were for.
  private var failures = 0
  /// Tries that were under way when the last failure was counted, and have not ended since.
  private var together = 0
  /// Time with transfers under way since the last whole answer, up to when the last of them ended.
  private var transferred = Duration.zero
  private var underWay = 0
  private var busySince = Duration.zero

  init(_ patience: Patience) {
    self.patience = patience
    waiting = patience.waiting
  }

  /// Tries for one request, and failed ones in a row for all requests together.
  var tries: Int { max(patience.tries, 1) }

  /// Counts a try that brought no whole answer. Those that were under way together and fail together count as one: they
  /// met the same moment of the server.
  mutating func fail() {
    guard together == 0 else { return together -= 1 }
    failures += 1
    together = underWay
  }

  /// Whether so many tries in a row have failed that no more are made.
  var hasFailedTooOften: Bool { failures >= tries }

  /// Whether so long may still be waited.
  func bears(_ wait: Duration) -> Bool { wait <= waiting }

  /// Takes a wait off what is left, if that is enough.
  mutating func spend(_ wait: Duration) -> Bool {
    guard bears(wait) else { return false }
    waiting -= wait
    return true
  }

  /// Begins a transfer.
  ///
  /// - Parameter now: monotonic time, here as below.
  mutating func begin(at now: Duration) {
    if underWay == 0 { busySince = now }
    underWay += 1
  }

  /// Ends a transfer, whatever it brought.
  mutating func end(at now: Duration) {
    underWay -= 1
    if underWay == 0 { transferred += now - busySince }
  }

  /// The time that transfers may still take until one brings a whole answer.
  func transferLeft(at now: Duration) -> Duration {
    patience.transfer - transferred - (underWay > 0 ? now - busySince : .zero)
  }

  /// Whether what is left of that is worth beginning a transfer.
  func hasTransferLeft(at now: Duration) -> Bool { transferLeft(at: now) >= Mood.shortestTransfer }

  /// No transfer is given less.
  static let shortestTransfer = Duration.seconds(1)

  /// A whole answer has come: all patience is there again.
  mutating func setBack(at now: Duration) {
    failures = 0
    together = 0
    waiting = patience.waiting
    transferred = .zero
    busySince = now
  }
}
