import Market

/// What to do about an answer that points elsewhere. Followed by hand: libcurl would take our own headers, and with
/// them the key, along to any host.
enum Redirect: Hashable {
  /// The answer does not redirect.
  case none
  /// The same server, asked in the same way, or another one where that is allowed.
  case follow(WebAddress)
  /// Another host, port or scheme, an address with a password, something illegible, or one hop too many.
  case refuse(to: String)

  /// Whether a request may be sent on to another server: never with a key or a body.
  enum Leave: Hashable {
    case never
    /// To one in the open internet, as far as its name tells; the connection's address is checked besides.
    ///
    /// - Parameter permitting: addresses that count as public all the same.
    case toPublic(permitting: Set<IPAddress>)

    /// As many redirects as are followed for one request.
    var most: Int { self == .never ? 3 : 5 }

    func allows(_ target: WebAddress, from address: WebAddress) -> Bool {
      guard case .toPublic(let permitted) = self else { return false }
      // What was asked for under a seal is not asked for in the open, where anybody may answer.
      let isDowngrade = address.scheme == "https" && target.scheme == "http"
      return !isDowngrade && !target.host.hasSuffix(".") && !target.leadsInside(permitting: permitted)
    }
  }

  /// - Parameters:
  ///   - address: what was asked.
  ///   - hops: redirects followed so far.
  init(in answer: Answer, to method: Request.Method, from address: WebAddress, hops: Int, leave: Leave = .never) {
    guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.header("location") else {
      self = .none
      return
    }
    guard let target = WebAddress(location, relativeTo: address) else {
      self = .refuse(to: Redirect.shown(location))
      return
    }
    // A body is not sent a second time: nobody can tell whether the first one took effect.
    let isFollowed =
      method == .get && hops < leave.most && !target.hasUser
      && (target.hasSameOrigin(as: address) || leave.allows(target, from: address))
    self = isFollowed ? .follow(target) : .refuse(to: Redirect.shown(target.text))
  }

  /// Foreign text, cut to what a message can bear.
  private static func shown(_ location: String) -> String {
    String(
      decoding: location.utf8.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
