import CCurl
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One request on its way: an easy handle with what its callbacks collect. Lives on the network thread only.
///
/// libcurl holds an unretained pointer to it: the owner keeps it until `outcome(_:)` was taken.
final class CurlTransfer {
  let handle: UnsafeMutableRawPointer
  private let order: CurlOrder
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  private var headers: [HeaderField] = []
  private var headerBytes = 0
  /// Whether the empty line after the headers has come; libcurl does not mind when it does not.
  private var hasWholeHead = false
  private var body: [UInt8] = []
  /// Set by a callback that ends the transfer; goes before libcurl's own code.
  private var verdict: CurlFailure?
  private var refusedAddress: IPAddress?

  /// `nil` when libcurl has no memory for a handle.
  init?(_ order: CurlOrder) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.order = order
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setQuestion()
    setBounds()
    setRoute()
    setCallbacks()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  private func set(_ option: CURLoption, _ value: Int) { _ = ccurl_set_long(handle, option, value) }
  private func set(_ option: CURLoption, _ value: String) { _ = ccurl_set_string(handle, option, value) }

  private func setQuestion() {
    set(CURLOPT_URL, order.address.text)
    set(CURLOPT_USERAGENT, order.userAgent)
    set(CURLOPT_ACCEPT_ENCODING, "gzip")
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    for field in order.headers {
      // A header without a value is written with a semicolon; with a colon libcurl would leave it out.
      headerList = curl_slist_append(
        headerList, field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    if order.method == .post {
      if !order.headers.contains(where: { $0.name == "content-type" }) {
        headerList = curl_slist_append(headerList, "content-type:")
      }
      headerList = curl_slist_append(headerList, "expect:")
      set(CURLOPT_POST, 1)
      _ = ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(order.body.count))
      order.body.withUnsafeBytes { bytes in
        _ = ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      }
    }
    // On a connection that died in the meantime libcurl would send the request a second time.
    if order.method == .post || order.needsOwnConnection { set(CURLOPT_FRESH_CONNECT, 1) }
    _ = ccurl_set_list(handle, headerList)
  }

  private func setBounds() {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_MAXREDIRS, 0)
    set(CURLOPT_CONNECTTIMEOUT_MS, CurlOrder.connectLimit.milliseconds)
    set(CURLOPT_TIMEOUT_MS, max(order.timeLimit.milliseconds, 1))
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, order.stallLimit.milliseconds / 1000)
    // Knows stated lengths only; `receiveBody` counts what really comes.
    _ = ccurl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(order.maximumBytes))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if let authorities = order.authorities {
      set(CURLOPT_CAINFO, authorities)
      _ = ccurl_set_string(handle, CURLOPT_CAPATH, nil)
    }
    set(CURLOPT_NOSIGNAL, 1)
    // Otherwise a name that cannot be looked up would hold up the whole thread when its transfer is given up.
    set(CURLOPT_QUICK_EXIT, 1)
  }

  private func setRoute() {
    set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    // An empty text, unlike none, also switches the environment's proxies off.
    set(CURLOPT_PROXY, order.proxy ?? "")
    set(CURLOPT_NOPROXY, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
  }

  private func setCallbacks() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    _ = ccurl_set_pointer(handle, CURLOPT_PRIVATE, context)
    _ = ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    _ = ccurl_set_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      CurlTransfer.from(context).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    _ = ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = ccurl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      CurlTransfer.from(context).receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    _ = ccurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context)
    _ = ccurl_set_opener(handle) { context, _, address in CurlTransfer.from(context).openSocket(address) }
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> CurlTransfer {
    // libcurl hands back what `setCallbacks` gave it, while the owner keeps the transfer.
    Unmanaged<CurlTransfer>.fromOpaque(context!).takeUnretainedValue()
  }
}

// What libcurl calls. Any result but the number of bytes received ends the transfer.
extension CurlTransfer {
  private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= CurlOrder.maximumHeaderBytes else {
      verdict = CurlFailure(.tooLarge(limit: CurlOrder.maximumHeaderBytes), stage: .answering)
      return 0
    }
    if bytes.starts(with: "HTTP/".utf8) {
      // An interim answer such as 103 may have come before.
      headers = []
      hasWholeHead = false
    } else if bytes.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
      hasWholeHead = true
    } else if let field = HeaderField(line: bytes), Answer.keptHeaders.contains(field.name) {
      headers.append(field)
    }
    return bytes.count
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count <= order.maximumBytes - body.count else {
      verdict = CurlFailure(.tooLarge(limit: order.maximumBytes), stage: .answering)
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  /// Looks at the address itself, after the name was looked up: filters on names and spellings can be led astray.
  private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t {
    guard let address else { return -1 }
    var bytes = [UInt8](repeating: 0, count: 16)
    let length = Int(ccurl_ip_address(address, &bytes))
    guard let target = IPAddress(bytes: Array(bytes.prefix(length))) else { return -1 }
    if order.proxy == nil, !order.allowsPrivateAddresses, !target.isPublic, !order.permitted.contains(target) {
      refusedAddress = target
      return -1
    }
    let socket = socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
    if socket >= 0 { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
    return socket
  }
}

extension CurlTransfer {
  /// What came of it. Taken once, when libcurl says that the transfer is over.
  func outcome(_ code: CURLcode) -> CurlOutcome {
    let wireBytes = offset(CURLINFO_SIZE_DOWNLOAD_T) + long(CURLINFO_HEADER_SIZE)
    if code == CURLE_OK, verdict == nil, !hasWholeHead {
      verdict = CurlFailure(.unreachable("answer cut off in its headers"), stage: .answering, isTransient: true)
    }
    guard code == CURLE_OK, verdict == nil else {
      return CurlOutcome(result: .failure(failure(code)), wireBytes: wireBytes)
    }
    let content = CurlOutcome.Content(status: long(CURLINFO_RESPONSE_CODE), headers: headers, body: body)
    return CurlOutcome(result: .success(content), wireBytes: wireBytes)
  }

  private func failure(_ code: CURLcode) -> CurlFailure {
    if let verdict { return verdict }
    if code == CURLE_COULDNT_CONNECT, let refusedAddress {
      let reason = "\(order.address.host) leads into a private network, to \(refusedAddress)"
      return CurlFailure(.insecure(reason), stage: .connecting)
    }
    // libcurl ends a transfer by milliseconds and tells its length by microseconds: the limit may read a little short.
    let elapsed = Duration.microseconds(offset(CURLINFO_TOTAL_TIME_T))
    return CurlFailure(
      CurlFailure.Facts(
        code: code, host: order.address.host, sentRequest: offset(CURLINFO_PRETRANSFER_TIME_T) > 0,
        headerBytes: headerBytes, bodyBytes: body.count, limit: order.maximumBytes, timeLimit: order.timeLimit,
        connectLimit: CurlOrder.connectLimit, wasTimedOut: elapsed + .milliseconds(20) >= order.timeLimit,
        systemError: Int32(truncatingIfNeeded: long(CURLINFO_OS_ERRNO)), words: words(code)))
  }

  private func words(_ code: CURLcode) -> String {
    let own = String(cString: errorText)
    return own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
  }

  private func long(_ info: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(handle, info, &value) == CURLE_OK ? value : 0
  }

  private func offset(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return ccurl_get_offset(handle, info, &value) == CURLE_OK ? Int(value) : 0
  }
}

extension HeaderField {
  /// Reads `Name: value` with its line end; `nil` for the status line and the empty line.
  fileprivate init?(line: UnsafeRawBufferPointer) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    var value = line[(colon + 1)...]
    while let first = value.first, isBlank(first) { value.removeFirst() }
    while let last = value.last, isBlank(last) { value.removeLast() }
    let printable = value.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
    self.init(String(decoding: line[..<colon], as: UTF8.self), String(decoding: printable, as: UTF8.self))
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
