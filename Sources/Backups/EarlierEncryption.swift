import Formats

/// Archives that an earlier version encrypted in a format of its own.
///
/// They are told apart so that they are listed and kept; what is in them only the version shows that made them.
enum EarlierEncryption {
  static let suffix = ".tar.zst.enc"
  private static let magic = Array("appl.enc".utf8)

  /// Whether an archive is one of them, by its name or its first bytes. One that cannot be read is not.
  static func isFormat(of archive: String) -> Bool {
    archive.hasSuffix(suffix) || (try? WholeFile.start(of: archive, count: magic.count)) == magic
  }
}
