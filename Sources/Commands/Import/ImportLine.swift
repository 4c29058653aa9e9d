import Pipeline
import Rendering
import Synchronization

/// One line on a terminal that says how far an import is.
final class ImportLine: Sendable {
  private let isLive: Bool
  private let last = Mutex("")

  init(console: Console) {
    isLive = Console.talkIsTerminal && !console.isQuiet && Environment["TERM"] != "dumb"
  }

  func show(_ progress: ImportProgress) {
    guard isLive else { return }
    let share = progress.of.map { $0 > 0 ? "\(min(100, progress.read * 100 / $0)) %, " : "" } ?? ""
    let text = "\(share)\(humanSize(bytes: Int64(progress.read))) read, \(groupedText(Int64(progress.rows))) rows"
    last.withLock { last in
      guard text != last else { return }
      last = text
      Console.draw("\r\u{1B}[2K\(text)")
    }
  }

  func clear() {
    last.withLock { last in
      if isLive, !last.isEmpty { Console.draw("\r\u{1B}[2K") }
      last = ""
    }
  }
}
