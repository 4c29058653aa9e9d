/// How a key is sent and where people put it.
package struct Credential: Hashable, Sendable {
  /// What carries the key.
  package enum Carrier: Hashable, Sendable {
    /// A request header, and what stands in it before the key, such as `Bearer ` with its space.
    case header(String, prefix: String)
    /// An item of the query. It is added when the request is sent, after its address was recorded.
    case query(String)
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

  private init(carrier: Carrier, setting: String, isRequired: Bool, page: String?) {
    self.carrier = carrier
    self.setting = setting
    self.isRequired = isRequired
    self.page = page
  }
}
