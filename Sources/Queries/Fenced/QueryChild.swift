import Store
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process that answers, seen from the one that asks: two pipes and its end.
final class QueryChild {
  enum Piece {
    /// Valid until the next call.
    case bytes(UnsafeRawBufferPointer)
    case end
    /// Nothing came in time.
    case late
  }

  enum Ending {
    case exit(Int32)
    case signal(Int32)
  }

  static let processorTimeUsedUp = SIGXCPU

  private let process: pid_t
  private var input: Int32
  private let output: Int32
  private var ending: Ending?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

  /// Starts the program with nothing but its two pipes; none of our settings, keys or files reach it.
  init(_ program: String) throws {
    let request = try QueryChild.pipe()
    let answer: (reading: Int32, writing: Int32)
    do {
      answer = try QueryChild.pipe()
    } catch {
      [request.reading, request.writing].forEach { _ = close($0) }
      throw error
    }
    defer { [request.reading, answer.writing].forEach { _ = close($0) } }
    do {
      process = try QueryChild.spawn(program, input: request.reading, output: answer.writing)
    } catch {
      [request.writing, answer.reading].forEach { _ = close($0) }
      buffer.deallocate()
      throw error
    }
    (input, output) = (request.writing, answer.reading)
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      _ = wait()
    }
    if input >= 0 { close(input) }
    close(output)
    buffer.deallocate()
  }

  /// Sends all there is to say. A process that has gone already tells so by its end.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { break }
    }
    close(input)
    input = -1
  }

  /// - Parameter time: how long to wait; `nil` for as long as it takes.
  func read(within time: Duration?) -> Piece {
    while true {
      var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let milliseconds = time.map { Int32(clamping: Int64(max(.zero, $0) / .milliseconds(1))) } ?? -1
      let found = poll(&ready, 1, milliseconds)
      if found == 0 { return .late }
      if found < 0 {
        if errno == EINTR { continue }
        return .end
      }
      #if canImport(Glibc)
        let count = Glibc.read(output, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(output, buffer.baseAddress, buffer.count)
      #endif
      if count > 0 { return .bytes(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])) }
      if count == 0 || errno != EINTR { return .end }
    }
  }

  /// Waits for its end.
  func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    let ending = signal == 0 ? Ending.exit(status >> 8 & 0xFF) : .signal(signal)
    self.ending = ending
    return ending
  }
}

extension QueryChild {
  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let code = Glibc.pipe(&ends)
    #else
      let code = Darwin.pipe(&ends)
    #endif
    guard code == 0 else {
      throw QueryError.died(reason: "there is no pipe for it: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func spawn(_ program: String, input: Int32, output: Int32) throws -> pid_t {
    do throws(ChildProcess.Failure) {
      return try ChildProcess.spawn(
        [program, QueryProcess.argument], environment: environment, input: .descriptor(input),
        output: .descriptor(output))
    } catch {
      throw QueryError.died(reason: "it cannot be started: \(error)")
    }
  }

  /// What the loader needs, and no word when it traps.
  private static var environment: [String] {
    let names: [String] = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"]
    let inherited = names.compactMap { (name: String) -> String? in
      guard let value = getenv(name) else { return nil }
      return "\(name)=\(String(cString: value))"
    }
    return inherited + ["SWIFT_BACKTRACE=enable=no"]
  }

}
