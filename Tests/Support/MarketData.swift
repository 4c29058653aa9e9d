#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder of recorded answers and price history that some tests read, if `MARKET_DATA` names one.
///
/// The project's own tests pass without it; a test that wants it is skipped and says so.
public enum MarketData {
  public static let folder: String? = getenv("MARKET_DATA").flatMap { String(validatingCString: $0) }.flatMap {
    $0.isEmpty ? nil : $0
  }
  public static let missing: String = "MARKET_DATA names no folder of recorded answers"

  /// The bytes of a file below the folder; `nil` where there is no folder or no such file.
  public static func bytes(_ path: String) -> [UInt8]? {
    guard let folder, let file = fopen("\(folder)/\(path)", "rb") else { return nil }
    defer { fclose(file) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return content }
      content += buffer[0..<count]
    }
  }
}
