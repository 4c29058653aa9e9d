import CCurl
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// libcurl on a thread of its own: many transfers at a time, and no task of ours ever blocks.
final class CurlEngine: Sendable {
  private let mailbox: CurlMailbox?
  private let thread: Mutex<pthread_t?>

  /// Starts the thread.
  init() {
    let mailbox = CurlEngine.isReady ? CurlMailbox() : nil
    let started = mailbox.flatMap(CurlEngine.startThread)
    self.mailbox = started == nil ? nil : mailbox
    thread = Mutex(started)
  }

  deinit {
    shutDown()
  }

  /// Once for the process, before any thread of ours uses libcurl.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Makes one transfer. Cancelling the task ends it, wherever it is.
  func perform(_ order: CurlOrder) async -> CurlOutcome {
    guard let mailbox else { return .unavailable }
    let ticket = CurlTicket(order)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        ticket.await(continuation)
        if !mailbox.post(ticket) { ticket.settle(.neverBegun) }
      }
    } onCancel: {
      ticket.cancel()
      mailbox.ring()
    }
  }

  /// Ends transfers under way with `.cancelled`, closes all connections and ends the thread. Later ones are
  /// `.cancelled` at once.
  func shutDown() {
    guard let ended = thread.withLock({ $0.take() }) else { return }
    mailbox?.close()
    pthread_join(ended, nil)
  }

  private static func startThread(for mailbox: CurlMailbox) -> pthread_t? {
    let context = Unmanaged.passRetained(mailbox)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let failure = pthread_create(
      &thread, nil,
      { context in
        CurlEngine.blockSignals()
        let mailbox: Unmanaged<CurlMailbox>? = CurlEngine.mailbox(context)
        if let mailbox = mailbox?.takeRetainedValue() {
          var loop = CurlLoop(mailbox)
          loop.run()
        }
        return nil
      }, context.toOpaque())
    if failure == 0 { return thread }
    context.release()
    return nil
  }

  /// The argument of a thread is optional on Linux and not on Darwin.
  private static func mailbox(_ context: UnsafeMutableRawPointer?) -> Unmanaged<CurlMailbox>? {
    context.map { Unmanaged<CurlMailbox>.fromOpaque($0) }
  }

  /// Leaves signals to the main program. A closed connection must not end the process by SIGPIPE either: libcurl's own
  /// protection is off, because it would set a handler for all threads.
  private static func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { sigdelset(&signals, fault) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}

/// The libcurl that is running, for `--version`: `libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 …`.
package var curlVersion: String { String(cString: curl_version()) }
