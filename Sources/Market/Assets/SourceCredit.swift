/// Who told us, as people should read it.
package struct SourceCredit: Hashable, Sendable {
  /// Its name in tables and settings.
  package let name: ProviderName
  /// `Binance`
  package let title: String
  /// Where a person can read about it, and the credit that it asks for.
  package let homepage: String

  /// A credit as a file holds it.
  package init(name: ProviderName, title: String, homepage: String) {
    self.name = name
    self.title = title
    self.homepage = homepage
  }
}
