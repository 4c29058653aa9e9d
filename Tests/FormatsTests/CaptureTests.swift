import Formats
import Market
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CaptureTests {
  private static let answer = #"""
    {"provider":"binance","method":"GET","path":"/api/v3/klines","query":[["symbol","BTCUSDT"],["interval","1h"]],
     "headers":[["Content-Type","application/json"]],"status":200,"body":"bodies/0001.json"}
    """#

  private static func manifest(
    version: Int = 1, origin: String = "recorded", instants: [String] = ["2025-09-05T22:30:00Z"],
    answer: String = answer
  ) -> String {
    let runs = instants.map { #"{"instant":"\#($0)","answers":[\#(answer)]}"# }.joined(separator: ",")
    return #"{"version":\#(version),"origin":"\#(origin)","title":"t","runs":[\#(runs)]}"#
  }

  private func folder(_ manifest: String, body: String = "[]") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Folder.create(folder.file("bodies"))
    try WholeFile.write(Array(manifest.utf8), to: folder.file("capture.json"))
    try WholeFile.write(Array(body.utf8), to: folder.file("bodies/0001.json"))
    return folder
  }

  @Test func `a folder is read as requests and answers`() throws {
    let folder = try folder(Self.manifest(), body: "[1]")
    let capture = try Capture(readingFrom: folder.path)
    #expect(capture.origin == .recorded)
    #expect(capture.title == "t")
    #expect(capture.follows == [])
    let instant = try #require(Instant("2025-09-05T22:30:00Z"))
    #expect(capture.runs.map(\.instant) == [instant])
    let roundTrip = try #require(capture.runs.first?.roundTrips.first)
    #expect(
      roundTrip.request
        == Request(
          provider: "binance", path: "/api/v3/klines",
          query: [QueryItem("symbol", "BTCUSDT"), QueryItem("interval", "1h")]))
    #expect(
      roundTrip.answer
        == Answer(
          status: 200, headers: [HeaderField("content-type", "application/json")], body: Array("[1]".utf8),
          receivedAt: instant))
  }

  @Test(arguments: [
    manifest(version: 2), manifest(origin: "real"), manifest(instants: ["2025-02-30"]),
    manifest(instants: ["2025-09-05T22:30:00Z", "2025-09-05T22:29:59Z"]), "{", "[]", "{}", "",
    manifest(answer: answer.replacing("GET", with: "PUT")), manifest(answer: answer.replacing("200", with: "0")),
    manifest(answer: answer.replacing("\"/api", with: "\"api")),
    manifest(answer: answer.replacing("binance", with: "")),
    manifest(answer: answer.replacing(#"["interval","1h"]"#, with: #"["interval"]"#)),
    manifest(answer: answer.replacing("bodies/0001.json", with: "bodies/0002.json")),
    manifest(answer: answer.replacing("bodies/0001.json", with: "../bodies/0001.json")),
    manifest(answer: answer.replacing("bodies/0001.json", with: "/etc/hostname")),
    manifest(answer: answer.replacing("bodies/0001.json", with: "bodies")),
    manifest(answer: answer.replacing(#""status":200,"#, with: "")),
  ])
  func `a manifest that is wrong is refused`(manifest: String) throws {
    let folder = try folder(manifest)
    #expect(throws: CaptureError.self) { try Capture(readingFrom: folder.path) }
  }

  @Test func `a refusal says where`() throws {
    let folder = try folder(Self.manifest(answer: Self.answer.replacing("GET", with: "PUT")))
    let error = #expect(throws: CaptureError.self) { try Capture(readingFrom: folder.path) }
    #expect(
      error?.description == "not a capture: capture.json: run 1, answer 1: method is 'PUT', not GET or POST")
  }

  @Test(arguments: ["bodies", "bodies/0001.json"])
  func `links are refused`(name: String) throws {
    let folder = try folder(Self.manifest())
    #expect(rename(folder.file(name), folder.file("moved")) == 0)
    #expect(symlink(folder.file("moved"), folder.file(name)) == 0)
    #expect(throws: CaptureError.self) { try Capture(readingFrom: folder.path) }
  }

  @Test func `what is not there is said`() {
    #expect(throws: CaptureError.archive(.file(.failed(.open, path: "/no/where", code: ENOENT)))) {
      try Capture(readingFrom: "/no/where")
    }
  }

  @Test func `a capture written as a folder and as an archive reads back`() throws {
    let folder = try TemporaryFolder()
    let capture = try Self.sample()
    try capture.write(toFolder: folder.file("folder"))
    try capture.write(toArchive: folder.file("c.tar.zst"))
    let readings = [
      try Capture(readingFrom: folder.file("folder")), try Capture(readingFrom: folder.file("c.tar.zst")),
      try Capture(archive: WholeFile.read(folder.file("c.tar.zst"), limit: 1 << 20)),
    ]
    #expect(readings.allSatisfy { $0.origin == .demo && $0.title == "sample" && $0.follows == ["BTC:1h", "SPY"] })
    #expect(readings.allSatisfy { $0.runs.map(\.instant) == capture.runs.map(\.instant) })
    let answers = capture.runs.flatMap(\.roundTrips).map(\.answer)
    #expect(readings.allSatisfy { $0.runs.flatMap(\.roundTrips).map(\.answer) == answers })
    let requests = capture.runs.flatMap(\.roundTrips).map(\.request)
    #expect(readings.allSatisfy { $0.runs.flatMap(\.roundTrips).map(\.request) == requests })
  }

  @Test func `a request to another host keeps it, and one to the provider's own says nothing of hosts`() throws {
    let folder = try TemporaryFolder()
    let instant = try #require(Instant("2025-09-05T22:30:00Z"))
    let answer = Answer(status: 200, headers: [], body: [1], receivedAt: instant)
    let requests = try ["https://a.example/x?b=c", "http://[::1]:8080/x"].map {
      try #require(Request(provider: "rss", address: $0))
    }
    let run = CapturedRun(instant: instant, roundTrips: requests.map { ($0, answer) })
    try Capture(origin: .recorded, title: "hosts", runs: [run]).write(toFolder: folder.file("hosts"))
    let again = try Capture(readingFrom: folder.file("hosts"))
    #expect(again.runs.flatMap(\.roundTrips).map(\.request) == requests)
    try Self.sample().write(toFolder: folder.file("own"))
    let manifest = try WholeFile.read(folder.file("own/capture.json"), limit: 1 << 20)
    #expect(!String(decoding: manifest, as: UTF8.self).contains("host"))
  }

  @Test(arguments: ["a.example", "https://a.example", "//a.example/x", "//me@a.example", "", "//"])
  func `a host that is none is refused`(host: String) throws {
    let answer = Self.answer.replacing(#""path":"#, with: "\"host\":\"\(host)\",\"path\":")
    let folder = try folder(Self.manifest(answer: answer))
    let error = #expect(throws: CaptureError.self) { try Capture(readingFrom: folder.path) }
    #expect(error?.description.hasSuffix("run 1, answer 1: host '\(host)' is no host") == true)
  }

  @Test func `a capture is not written over another`() throws {
    let folder = try TemporaryFolder()
    let capture = try Self.sample()
    try capture.write(toFolder: folder.file("folder"))
    #expect(throws: CaptureError.self) { try capture.write(toFolder: folder.file("folder")) }
  }

  static func sample() throws -> Capture {
    let early = try #require(Instant("2025-09-05T22:30:00Z"))
    func answer(_ status: Int, _ body: String, at instant: Instant) -> Answer {
      Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: instant)
    }
    let get = Request(provider: "p", path: "/a", query: [QueryItem("x", "1"), QueryItem("y", "2")])
    let post = Request(provider: "p", method: .post, path: "/a", body: Array(#"{"type":"us-btc-spot"}"#.utf8))
    return Capture(
      origin: .demo, title: "sample", follows: ["BTC:1h", "SPY"],
      runs: [
        CapturedRun(
          instant: early,
          roundTrips: [
            (get, answer(500, "", at: early)), (get, answer(200, "same", at: early)),
            (post, answer(200, "same", at: early)),
          ]),
        CapturedRun(instant: early + 3600, roundTrips: []),
      ])
  }
}
