import GRDB
import SQLite

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A record that is filled before it bears its name.
///
/// A draft needs neither a log nor syncing: whatever ends the process, nobody opens what it leaves, and the next writer
/// removes it. That saves a third of the time of a first import. The lock of the name is held meanwhile.
package final class StoreDraft {
  /// To be filled; not to be used after `publish`.
  package let store: Store
  private let path: String
  private let draft: String

  static let suffix = ".draft"

  /// - Parameters:
  ///   - path: where there is no file yet.
  ///   - command: what this process does, shown to whoever finds the name locked.
  package init(_ path: String, command: String, kinds: Kinds = .standard) throws(StoreError) {
    let lock = try WriterLock(database: path, command: command)
    let draft = path + StoreDraft.suffix
    unlink(draft)
    self.path = path
    self.draft = draft
    do {
      try DatabaseFile.create(draft)
      store = try Store(path: draft, kinds: kinds, lock: lock, durability: .whenPublished) {
        try Durability.whenPublished.open(draft, kinds)
      }
    } catch {
      unlink(draft)
      throw .of(error, path: path)
    }
  }

  deinit {
    store.close()
    unlink(draft)
  }

  /// Brings it to the disk and gives it its name.
  ///
  /// - Throws: where the name was taken meanwhile, or the disk does not take it; then nothing bears the name.
  package func publish() throws(StoreError) {
    try store.checkFooting()
    store.close()
    try Store.place(draft, at: path, keepingRemainsAs: path + ".remains")
  }
}
