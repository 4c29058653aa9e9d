import CCurl
import Market

/// The network thread's own work: all transfers side by side on one multi handle.
struct CurlLoop {
  private let mailbox: CurlMailbox
  private var running: [UnsafeMutableRawPointer: (transfer: CurlTransfer, ticket: CurlTicket)] = [:]

  init(_ mailbox: CurlMailbox) {
    self.mailbox = mailbox
    // Connections kept for later requests, over all providers.
    _ = ccurl_multi_set_long(mailbox.multi, CURLMOPT_MAXCONNECTS, 64)
  }

  /// Returns when the mailbox is closed; whoever still waits then gets `.cancelled`.
  mutating func run() {
    while true {
      let (arrivals, isClosed) = mailbox.collect()
      for ticket in arrivals { start(ticket) }
      if isClosed { return end() }
      for (handle, (_, ticket)) in running where ticket.isCancelled { finish(handle, .cancelled) }
      var stillRunning: Int32 = 0
      curl_multi_perform(mailbox.multi, &stillRunning)
      settleFinished()
      curl_multi_poll(mailbox.multi, nil, 0, 60_000, nil)
    }
  }

  private mutating func start(_ ticket: CurlTicket) {
    guard !ticket.isCancelled else { return ticket.settle(.neverBegun) }
    guard let transfer = CurlTransfer(ticket.order),
      curl_multi_add_handle(mailbox.multi, transfer.handle) == CURLM_OK
    else { return ticket.settle(.unavailable) }
    running[transfer.handle] = (transfer, ticket)
  }

  private mutating func settleFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(mailbox.multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      // The message is gone once the handle is taken out.
      let code = message.pointee.data.result
      if let outcome = running[handle]?.transfer.outcome(code) { finish(handle, outcome) }
    }
  }

  private mutating func finish(_ handle: UnsafeMutableRawPointer, _ outcome: CurlOutcome) {
    guard let (transfer, ticket) = running.removeValue(forKey: handle) else { return }
    curl_multi_remove_handle(mailbox.multi, transfer.handle)
    ticket.settle(outcome)
  }

  private mutating func end() {
    for handle in running.keys { finish(handle, .cancelled) }
    mailbox.dismantle()
  }
}
