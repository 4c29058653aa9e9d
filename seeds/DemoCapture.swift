import Formats

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The capture that comes with the program: three runs of two coins, six stocks and funds, two futures, sentiment, fund
/// flows, and of the world around them, every number and every word of it invented. What it shows on purpose stands in
/// `make_demo_capture.py`, which makes it.
package enum DemoCapture {
  /// The capture, unpacked from the bytes in the binary.
  package static func capture() throws(CaptureError) -> Capture {
    try Capture(archive: archive)
  }

  /// The `.tar.zst` as it is embedded.
  package static var archive: [UInt8] {
    // Bytes that are not base64 become an empty archive, which the capture's reader refuses.
    Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
  }
}
