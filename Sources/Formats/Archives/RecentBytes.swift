/// The bytes of bodies that were read last, some megabytes of them: an answer that tells what differs from the one before is
/// mostly read just after that one. Used by one thread.
package final class RecentBytes {
  private var bodies: [Int64: [UInt8]] = [:]
  private var order: [Int64] = []
  private var first = 0
  private var size = 0
  private let most: Int

  /// - Parameter most: bytes that it holds, the last ones; a body that alone has more is not held.
  package init(most: Int = 32 << 20) { self.most = most }

  /// Those of a body by its number; setting holds them, and lets go of what came first where there is too much.
  package subscript(body: Int64) -> [UInt8]? {
    get { bodies[body] }
    set {
      guard let newValue, newValue.count <= most, bodies[body] == nil else { return }
      bodies[body] = newValue
      order.append(body)
      size += newValue.count
      while size > most {
        size -= bodies.removeValue(forKey: order[first])?.count ?? 0
        first += 1
      }
      if first > 1000 {
        order.removeFirst(first)
        first = 0
      }
    }
  }
}
