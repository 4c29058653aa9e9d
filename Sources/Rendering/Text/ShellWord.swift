/// A text as one word for a POSIX shell: in single quotes, unless nothing in it means anything to a shell.
package func shellWord(_ text: String) -> String {
  let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+=:,@".utf8)
  guard text.isEmpty || !text.utf8.allSatisfy(plain.contains) else { return text }
  // Over bytes: a quote that bears an accent is still a quote to the shell.
  let bytes = text.utf8.flatMap { $0 == UInt8(ascii: "'") ? Array("'\\''".utf8) : [$0] }
  return "'\(String(decoding: bytes, as: UTF8.self))'"
}
