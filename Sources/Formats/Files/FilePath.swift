/// Paths as text: their parts, and whether they stay inside a folder.
package enum FilePath {
  /// `("a/b", "c")` of `a/b/c`, `(".", "c")` of `c`, `("/", "c")` of `/c`.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.utf8.index(after: slash)...]))
  }

  /// The part before the last slash: `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  package static func folder(of path: String) -> String { split(path).folder }

  /// The part behind the last slash.
  package static func name(of path: String) -> String { split(path).name }

  /// `a/b` of `a` or `a/` and `b`.
  package static func join(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
  }

  /// Why a relative name is not one of a file inside its folder, or `nil` when it is.
  static func objection(toInnerName name: String) -> String? {
    if name.isEmpty { return "it has no name" }
    if name.utf8.first == UInt8(ascii: "/") { return "its name is absolute" }
    if name.utf8.contains(where: { $0 < 32 || $0 == 127 }) { return "its name holds control characters" }
    for part in name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual("..".utf8) { return "its name leads out of the folder" }
      if part.isEmpty || part.elementsEqual(".".utf8) { return "its name has empty parts" }
    }
    return nil
  }
}
