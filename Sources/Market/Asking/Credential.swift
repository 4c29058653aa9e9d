/// How a key is sent and where people put it.
package struct Credential: Hashable, Sendable {
  /// What carries the key.
  package enum Carrier: Hashable, Sendable {
    /// A request header, and what stands in it before the key, such as `Bearer ` with its space.
    case header(String, prefix: String)
    /// An item of the query. It is added when the request is sent, after its address was recorded.
    case query(String)
    /// `User-Agent`, behind the name of the program: not a key but a mail address, of a provider that wants to know whom it
    /// may write to.
    case userAgent
  }

  package let carrier: Carrier
  /// The setting that holds it: `COINGECKO_API_KEY`.
  package let setting: String
  /// Whether nothing at all is answered without it.
  package let isRequired: Bool
  /// Where a person gets one; `nil` where the provider's homepage is all that is known.
  package let page: String?

  package init(header: String, prefix: String = "", setting: String, isRequired: Bool, page: String? = nil) {
    self.init(carrier: .header(header, prefix: prefix), setting: setting, isRequired: isRequired, page: page)
  }

  /// For providers that take a key in no other way; anywhere else it belongs into a header.
  package init(query name: String, setting: String, isRequired: Bool, page: String? = nil) {
    self.init(carrier: .query(name), setting: setting, isRequired: isRequired, page: page)
  }

  /// For providers that answer only those who say how they can be reached.
  package init(contact setting: String, page: String) {
    self.init(carrier: .userAgent, setting: setting, isRequired: true, page: page)
  }

  /// What it is called: `key`, `mail address`.
  package var noun: String { carrier == .userAgent ? "mail address" : "key" }

  /// What is to be done where it is missing: `needs SEC_CONTACT, your mail address, in .env`.
  package var need: String { "needs \(setting)\(carrier == .userAgent ? ", your \(noun), in .env" : "")" }

  /// Why a text cannot be one; `nil` where it may be.
  package func objection(to text: String) -> String? {
    guard carrier == .userAgent else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let signs = Set("@.-_+".utf8)
    let isPlain = text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || signs.contains($0)
    }
    let isAddress = parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
    return isPlain && isAddress && !text.hasSuffix(".") && text.utf8.count <= 254
      ? nil : "that is no mail address; write it like name@example.org"
  }

  private init(carrier: Carrier, setting: String, isRequired: Bool, page: String?) {
    self.carrier = carrier
    self.setting = setting
    self.isRequired = isRequired
    self.page = page
  }
}
