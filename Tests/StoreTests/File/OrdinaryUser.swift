import Foundation

/// Runs `body` on this thread with the file rights of nobody in particular, so that a read-only folder is read-only for
/// root as well.
///
/// Linux keeps the user for file access per thread; elsewhere, and for everybody but root, it is simply run.
func asOrdinaryUser<T>(_ body: () throws -> T) throws -> T {
  #if os(Linux)
    typealias SetFileUser = @convention(c) (UInt32) -> Int32
    guard geteuid() == 0, let symbol = dlsym(nil, "setfsuid") else { return try body() }
    let setFileUser = unsafeBitCast(symbol, to: SetFileUser.self)
    _ = setFileUser(65_534)
    defer { _ = setFileUser(0) }
    return try body()
  #else
    return try body()
  #endif
}
