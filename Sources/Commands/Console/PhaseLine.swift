import Backups
import Synchronization

/// One line on a terminal that says what a long piece of work is doing.
final class PhaseLine: Sendable {
  private let isLive: Bool
  private let last = Mutex("")

  init(console: Console) {
    isLive = Console.talkIsTerminal && !console.isQuiet && Environment["TERM"] != "dumb"
  }

  func show(_ phase: BackupPhase, _ fraction: Double) { show(phase.rawValue, fraction) }

  /// - Parameter what: what is going on: `reading the answers`.
  func show(_ what: String, _ fraction: Double) {
    guard isLive else { return }
    let percent = fraction.isFinite ? Int((min(max(fraction, 0), 1) * 100).rounded()) : 0
    let text = "\(what) \(percent) %"
    last.withLock { last in
      guard text != last else { return }
      last = text
      Console.draw("\r\u{1B}[2K\(text)")
    }
  }

  func clear() {
    guard isLive else { return }
    last.withLock { last in
      if !last.isEmpty { Console.draw("\r\u{1B}[2K") }
      last = ""
    }
  }
}
