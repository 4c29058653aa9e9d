import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C and SIGTERM: the first one asks the work to end after what is in hand, the second ends the process.
package enum Interruption {
  /// Runs `body`; the first signal cancels it.
  package static func cancelling<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM].map { signal in watch(signal) { task.cancel() } }
    defer { sources.forEach { $0.cancel() } }
    return try await task.value
  }

  private static func watch(_ number: Int32, _ first: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    nonisolated(unsafe) var isFirst = true  // Touched by this source's handler only.
    source.setEventHandler {
      if isFirst {
        isFirst = false
        Console.error("appliance: ending after what is in hand; once more ends at once")
        first()
      } else {
        exit(ExitStatus.interrupted.rawValue)
      }
    }
    source.resume()
    return source
  }
}
