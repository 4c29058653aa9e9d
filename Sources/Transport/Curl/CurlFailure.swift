import CCurl
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a transfer brought no whole answer, and how far it came.
struct CurlFailure: Error, Hashable, Sendable {
  enum Stage: Hashable, Sendable {
    /// Nothing of the request was sent.
    case connecting
    /// The request may have arrived, and no byte of an answer came in time.
    case waiting
    /// There was an answer, or the beginning of one.
    case answering
  }

  let error: TransportError
  let stage: Stage
  /// Whether a second try could go another way.
  let isTransient: Bool

  /// Whether a provider that fails like this until our patience is used up is taken to be out of reach for good.
  let provesUnreachable: Bool

  init(_ error: TransportError, stage: Stage, isTransient: Bool = false) {
    self.error = error
    self.stage = stage
    self.isTransient = isTransient
    provesUnreachable = isTransient && stage != .answering
  }

  /// No address for the name: asking the resolver again at once gives the same answer, often after a long time-out.
  init(nameless reason: String) {
    error = .unreachable(reason)
    stage = .connecting
    isTransient = false
    provesUnreachable = true
  }
}

extension CurlFailure {
  /// What a transfer knows of itself when it ends.
  struct Facts {
    let code: CURLcode
    let host: String
    let sentRequest: Bool
    let headerBytes: Int
    let bodyBytes: Int
    let limit: Int
    let timeLimit: Duration
    let connectLimit: Duration
    let wasTimedOut: Bool
    let systemError: Int32
    /// libcurl's own words.
    let words: String
  }

  /// Sorts libcurl's result codes into what a caller can do about them.
  init(_ facts: Facts) {
    let stage: Stage = !facts.sentRequest ? .connecting : facts.headerBytes > 0 ? .answering : .waiting
    switch facts.code {
    case CURLE_FILESIZE_EXCEEDED:
      self.init(.tooLarge(limit: facts.limit), stage: .answering)
    case CURLE_OUT_OF_MEMORY where facts.sentRequest:
      // What libcurl says of a header line beyond its own limit; of memory it hardly ever runs out.
      self.init(.tooLarge(limit: CurlOrder.maximumHeaderBytes), stage: .answering)
    case CURLE_URL_MALFORMAT:
      self.init(.unreachable("its address cannot be read: \(facts.words)"), stage: .connecting)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CRL_BADFILE,
      CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CLIENTCERT:
      self.init(.insecure(facts.words), stage: .connecting)
    case CURLE_SSL_CONNECT_ERROR where !facts.handshakeWasBroken:
      self.init(.insecure(facts.words), stage: .connecting)
    case CURLE_COULDNT_RESOLVE_HOST:
      self.init(nameless: facts.reason)
    default:
      self.init(.unreachable(facts.reason), stage: stage, isTransient: true)
    }
  }
}

extension CurlFailure.Facts {
  /// The connection went away during the handshake, which says nothing about certificates. libcurl has no code for it.
  fileprivate var handshakeWasBroken: Bool {
    ["reset", "SSL_ERROR_SYSCALL", "unexpected eof", "Broken pipe"].contains { words.contains($0) }
  }

  /// The reason in words that do not change from one try to the next, as times and ports would.
  fileprivate var reason: String {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: "the name \(host) has no address"
    case CURLE_COULDNT_RESOLVE_PROXY: "the name of the proxy has no address"
    case CURLE_COULDNT_CONNECT: "no connection to \(host)" + systemReason
    case CURLE_OPERATION_TIMEDOUT: lateness
    case CURLE_GOT_NOTHING: "connection closed without an answer"
    case CURLE_PARTIAL_FILE: "answer cut off after \(bodyBytes) bytes"
    // Bytes that cannot be unpacked end the transfer in one way or the other.
    case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
      "answer cut off after \(bodyBytes) bytes, or its compression is damaged"
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_READ_ERROR:
      headerBytes > 0 ? "answer cut off after \(bodyBytes) bytes" : "connection lost before an answer" + systemReason
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: "what came back is no HTTP answer"
    default: words
    }
  }

  private var systemReason: String {
    systemError == 0 ? "" : strerror(systemError).map { " (\(String(cString: $0)))" } ?? ""
  }

  private var lateness: String {
    if !sentRequest { return "no connection to \(host) within \(min(connectLimit, timeLimit).inWords)" }
    if !wasTimedOut { return "the answer stalled after \(bodyBytes) bytes" }
    return headerBytes > 0
      ? "answer not complete after \(timeLimit.inWords), cut off after \(bodyBytes) bytes"
      : "no answer within \(timeLimit.inWords)"
  }
}

extension Duration {
  /// `60 s` or `50 ms`
  fileprivate var inWords: String {
    let milliseconds = self / .milliseconds(1)
    return milliseconds >= 1000 ? "\(Int(milliseconds / 1000)) s" : "\(Int(milliseconds)) ms"
  }
}
