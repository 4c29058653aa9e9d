import Foundation
import Testing

@testable import Formats

/// Known answers: what the bytes of files are, so that the format is proven where no other program knows it.
@Suite struct AgeVectorTests {
  /// Written by age 1.1.1 (`age -p`, of Debian 12), with its own work factor of 2^18.
  private static let writtenByAge = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBNVkc5eWFpbVpwSDlNdm8yTWhwYWV3IDE4ClpkM0I2bGdXOGlZWFVmR3M3S3JGbFNNai84\
    dmZSTXJ1ZzBsVHpjaktTR1kKLS0tIFB1WURZV0VlVzM0RDJXdFJQOHQrYklScGVUdThrclpLRXdBMEFsK2JDRUUKXi5iqbzoerkZdDFsX+jum706\
    grMDCy2SdY5hr4ufB+J9oUAK5pOkwhHn7ubemapf7bSPwcZyuQuGL5DwKGL67Q68avnfLFOJekzixngKGwct1yIlDMI=
    """

  /// Opened by age 1.1.1. Made by hand with the numbers that `AgeFile.known` has, by Python's scrypt, HMAC and
  /// ChaCha20-Poly1305.
  private static let openedByAge = """
    YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBFQkVTRXhRVkZoY1lHUm9iSEIwZUh3IDEwCkdGc1drZ0lIOW9xdFVQMjZFVWVFb0grcFp6\
    TjdvZVI5aS9adnRrRy9CbUEKLS0tIEFNYjdDeWFYK21mOUtlNVdMK0o0bnpId1ZTNGszSWpnRG5DRUJSWGw0VzAKICEiIyQlJicoKSorLC0uLwLx\
    qkdOGEXUPWAlOzuvmJDYNdgecpvmMXJtcmVBlktwlXE3Q3VGzBqv
    """

  @Test func `a file that age wrote is read`() throws {
    let file = try #require(Data(base64Encoded: Self.writtenByAge))
    let plain = try AgeFile.decrypted(Array(file))
    #expect(String(decoding: plain, as: UTF8.self) == "What was believed on that day, and what is known now.\n")
  }

  @Test func `a file that age opens is read, and written with the same numbers byte for byte`() throws {
    let file = Array(try #require(Data(base64Encoded: Self.openedByAge)))
    let plain = Array("Prices are what you pay.\n".utf8)
    #expect(try AgeFile.decrypted(file) == plain)
    #expect(try AgeFile.known(plain, workFactor: WorkFactor(logN: 10)) == file)
  }

  /// The same by their SHA-256, around the borders of chunks; age opened the longest.
  @Test(arguments: [
    (0, "9cf83f2c6ecb91862eba00439101a428254b54508690fae37db31c5612627cf9"),
    (65_536, "6df941af77471ff93f0d8eb64b0dd54df9d244bf8cd30d1fd5536f5be2c557bc"),
    (131_072, "d793dfdb14c2def42945992d7d7ff6e156f7da2284e5679d3ad42c6263a87f76"),
    (200_000, "12f29e5b3fa1943446d10cc0656847f343fe8d21b6e766d5fd7bfd190a68322c"),
  ])
  func `longer files are written byte for byte`(count: Int, sha256: String) throws {
    let file = try AgeFile.known(AgeFile.plain(count), workFactor: .least)
    #expect(Fingerprint(of: file).description == sha256)
  }
}
