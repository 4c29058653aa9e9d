// What stands behind the doors of the rooms; only a debug build lets others look.
extension FuzzTarget {
  #if DEBUG
    static let internals = transports + retryHeaders + backups + encryption
  #else
    static let internals: [FuzzTarget] = []
  #endif
}
