@testable import Store

extension Vault {
  /// Everything that was kept and never read.
  func unreadAnswers() throws -> [KeptAnswer] {
    try unreadFetches().map { try keptAnswer($0) }
  }
}
