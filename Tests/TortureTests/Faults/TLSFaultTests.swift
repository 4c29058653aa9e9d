import Foundation
import Market
import Pipeline
import Support
import Testing

/// Providers that do not prove who they are. The certificates are made here and trusted by nobody else.
@Suite(.enabled(if: Certificates.canBeMade, "\(Certificates.missing)")) struct TLSFaultTests {
  @Test(arguments: ["binance", "alternative.me", "sosovalue"] as [ProviderName], Certificates.Kind.allCases)
  func `a provider that does not prove who it is gives no facts and costs the others nothing`(
    provider: ProviderName, kind: Certificates.Kind
  ) async throws {
    let server = try TLSServer(kind)
    let scene = try FaultScene(provider)
    let (report, _) = try await scene.run(nil, address: server.url, authorities: try Certificates.shared().authority)
    let step = try #require(report.steps.first { $0.series?.provider == provider })
    let record = try #require(try Record(scene.home.database))
    let truth = try await Truth.of(provider)
    #expect(try record.facts(from: provider) == [])
    #expect(try record.facts(notFrom: provider).isSuperset(of: truth.others))
    #expect(step.outcome == .failed)
    // With the right certificate the connection stands, and what comes is read: a page of the server's own.
    let words = kind == .good ? ["page", "none", "array", "404", "HTTP"] : ["connection not secure"]
    let detail = try #require(step.detail)
    #expect(words.contains { detail.contains($0) }, "\(detail)")
    #expect(detail.contains("connection not secure") == (kind != .good), "\(detail)")
  }
}

/// Certificates of an authority that exists for the length of a test run.
struct Certificates: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case good
    case selfSigned
    case expired
    /// Of another name than the one asked.
    case otherHost
    /// Of an authority that nobody trusts.
    case otherAuthority
  }

  static let missing = "openssl is not there"
  static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  static var canBeMade: Bool { program != nil }

  private let folder: Home
  var authority: String { folder.file("authority.pem") }
  func certificate(_ kind: Kind) -> String { folder.file("\(kind.rawValue).pem") }
  func key(_ kind: Kind) -> String { folder.file("\(kind.rawValue).key") }

  private static let made = Result { try Certificates() }
  static func shared() throws -> Certificates { try made.get() }

  private init() throws {
    folder = try Home()
    for authority in ["authority", "other"] {
      try Certificates.run(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=\(authority)", "-keyout", folder.file(authority + ".key"), "-out", folder.file(authority + ".pem"))
    }
    for kind in Kind.allCases { try make(kind) }
  }

  private func make(_ kind: Kind) throws {
    let name = kind == .otherHost ? "DNS:elsewhere.example" : "IP:127.0.0.1"
    let request = folder.file("\(kind.rawValue).csr"), extensions = folder.file("\(kind.rawValue).ext")
    try folder.write("subjectAltName=\(name)\n", to: "\(kind.rawValue).ext")
    try Certificates.run(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=test", "-keyout",
      key(kind), "-out", request)
    let issuer = kind == .otherAuthority ? "other" : "authority"
    let signer =
      kind == .selfSigned
      ? ["-signkey", key(kind)]
      : ["-CA", folder.file(issuer + ".pem"), "-CAkey", folder.file(issuer + ".key"), "-CAcreateserial"]
    // Only `ca` takes dates, and wants a folder of its own books; a negative age does as well.
    let days = kind == .expired ? "-1" : "2"
    try Certificates.run(
      ["x509", "-req", "-in", request, "-out", certificate(kind), "-days", days, "-extfile", extensions] + signer)
  }

  private static func run(_ arguments: String...) throws { try run(arguments) }

  private static func run(_ arguments: [String]) throws { try runQuietly([program ?? "openssl"] + arguments) }
}

/// `openssl s_server` on a port of the system's choice, for as long as this lives.
final class TLSServer: Sendable {
  private let process: ChildProgram
  /// It ends with its input.
  private let endless = Pipe()
  let url: String

  init(_ kind: Certificates.Kind) throws {
    let certificates = try Certificates.shared(), output = Pipe()
    process = try ChildProgram(
      [
        Certificates.program ?? "", "s_server", "-accept", "127.0.0.1:0", "-cert", certificates.certificate(kind),
        "-key", certificates.key(kind), "-www",
      ], input: .descriptor(endless.fileHandleForReading.fileDescriptor),
      output: .descriptor(output.fileHandleForWriting.fileDescriptor))
    try output.fileHandleForWriting.close()
    // `ACCEPT 127.0.0.1:40123`
    var said = ""
    while !said.contains("ACCEPT"), case let more = output.fileHandleForReading.availableData, !more.isEmpty {
      said += String(decoding: more, as: UTF8.self)
    }
    guard let port = said.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT") })?.split(separator: ":").last
    else {
      process.signal(SIGKILL)
      throw Record.Fault(description: "openssl s_server did not tell its port: \(said)")
    }
    url = "https://127.0.0.1:\(port)"
  }

  /// What blocks a polite signal here blocks it in its children.
  deinit { process.signal(SIGKILL) }
}
