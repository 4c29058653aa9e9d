import Foundation
import Synchronization

/// The parent: a child a target, a few at a time; tells what fell and how to make it fall again.
struct FuzzRun: Sendable {
  private let targets: [FuzzTarget]
  private let seed: UInt64
  private let bounds: [String]
  private let jobs: Int

  /// An input that is not done with after so many seconds of work hangs; time in which others work does not count.
  private static let mostWork = 20.0

  init(_ arguments: FuzzArguments) throws {
    targets = try arguments.targets()
    seed = arguments.seed
    jobs = Int(arguments.number("--jobs") ?? 1)
    bounds = ["--seconds", "--inputs"].flatMap { flag in arguments.number(flag).map { [flag, "\($0)"] } ?? [] }
  }

  /// Whether all was well.
  func perform() -> Bool {
    let next = Mutex(0), fallen = Mutex(0)
    let workers = DispatchGroup()
    for _ in 0..<max(1, jobs) {
      Thread.detachNewThread {
        while true {
          let index = next.withLock { number in
            defer { number += 1 }
            return number
          }
          guard index < targets.count else { break }
          if !feed(targets[index]) { fallen.withLock { $0 += 1 } }
        }
        workers.leave()
      }
      workers.enter()
    }
    workers.wait()
    let count = fallen.withLock { $0 }
    tell(
      count == 0 ? "\(targets.count) readers, none fell (seed \(seed))" : "\(count) of \(targets.count) readers fell")
    return count == 0
  }

  private func feed(_ target: FuzzTarget) -> Bool {
    let mark = NSTemporaryDirectory() + "/appliance-fuzz-\(getpid())-\(target.name)"
    defer { unlink(mark) }
    guard FileManager.default.createFile(atPath: mark, contents: Data(count: 16)) else { return false }
    let began = ContinuousClock.now
    let (end, said) = child(["feed", target.name, "--seed", "\(seed)", "--mark", mark] + bounds, watching: mark)
    let took = (ContinuousClock.now - began) / .seconds(1)
    if end == 0 {
      let inputs = FuzzRun.number(in: mark, at: 8)
      tell("\(target.name): \(inputs) inputs in \(String(format: "%.1f", took)) s")
      return true
    }
    let input = FuzzRun.number(in: mark, at: 0) - 1
    let how =
      end == 3
      ? "says: \(said)" : end == -9 ? "hangs" : end < 0 ? "fell by signal \(-end)" : "ended with \(end): \(said)"
    tell("\(target.name) \(how)")
    tell("  again: fuzz one \(target.name) --seed \(seed) --input \(input)      (--show prints the input)")
    return false
  }

  /// The exit code, negative for a signal, and what was said.
  private func child(_ arguments: [String], watching mark: String) -> (Int32, String) {
    let process = Process(), output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardOutput = output
    process.standardError = output
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do { try process.run() } catch { return (127, "\(error)") }
    var seen = (number: UInt64.max, work: 0.0)
    while ended.wait(timeout: .now() + 0.5) == .timedOut {
      let number = FuzzRun.number(in: mark, at: 0)
      let work = FuzzRun.work(of: process.processIdentifier)
      if number != seen.number { seen = (number, work) }
      if work - seen.work > FuzzRun.mostWork { kill(process.processIdentifier, SIGKILL) }
    }
    let said = String(decoding: output.fileHandleForReading.availableData.prefix(4000), as: UTF8.self)
    let code = process.terminationStatus
    return (process.terminationReason == .uncaughtSignal ? -code : code, said.trimmingCharacters(in: .newlines))
  }

  /// Seconds that processors have worked for a process.
  private static func work(of process: Int32) -> Double {
    let text = FileManager.default.contents(atPath: "/proc/\(process)/stat").map { String(decoding: $0, as: UTF8.self) }
    // Behind the name, which may hold anything: the state, then numbers, of which the 11th and 12th are ticks.
    let fields = (text ?? "").split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func number(in file: String, at offset: Int) -> UInt64 {
    guard let bytes = FileManager.default.contents(atPath: file), bytes.count >= offset + 8 else { return 0 }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }
}
