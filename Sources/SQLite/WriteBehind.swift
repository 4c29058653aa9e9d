import CSQLite
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Has the system begin to write a file that grows and is brought to the disk at its end: what is written meanwhile need
/// not be waited for then, which was a tenth of a first import.
///
/// Bears a descriptor of its own. Closing it gives up the locks that SQLite has on the file in this process: it is closed
/// behind the connection that fills the file, and before anybody opens the file by its name.
package final class WriteBehind: Sendable {
  private let descriptor: Mutex<Int32>
  /// Even to begin takes the system a while, for which nobody waits.
  private let queue = DispatchQueue(label: "write-behind")

  /// For a file that nobody knows of yet. Where it cannot be opened, nothing is begun early.
  package init(_ path: String) { descriptor = Mutex(open(path, O_RDWR | O_CLOEXEC)) }

  deinit { end() }

  /// Begins to write all that was written into the file, and waits for nothing.
  package func begin() {
    queue.async { self.descriptor.withLock { if $0 >= 0 { appliance_begin_to_write($0) } } }
  }

  /// Lets the file go; whatever was begun is ended by the system.
  package func end() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }
}
