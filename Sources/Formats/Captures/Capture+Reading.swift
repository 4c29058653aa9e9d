import Market

extension Capture {
  /// Reads a folder or a `.tar.zst`.
  package init(readingFrom path: String) throws(CaptureError) {
    if Folder.exists(path) {
      let manifest = try CaptureManifest(Capture.file(CaptureManifest.fileName, in: path, limit: Capture.manifestLimit))
      var left = Capture.totalLimit
      try self.init(manifest) { (name: String) throws(CaptureError) in
        let body = try Capture.file(name, in: path, limit: min(left, Capture.bodyLimit))
        left -= body.count
        return body
      }
    } else {
      let reader: ArchiveReader
      do throws(ArchiveError) {
        reader = try ArchiveReader(path: path, skippingFolders: true)
      } catch { throw .archive(error) }
      try self.init(reader)
    }
  }

  /// Reads the bytes of a `.tar.zst`.
  package init(archive: [UInt8]) throws(CaptureError) {
    let reader: ArchiveReader
    do throws(ArchiveError) {
      reader = try ArchiveReader(bytes: archive, skippingFolders: true)
    } catch { throw .archive(error) }
    try self.init(reader)
  }

  private init(_ reader: ArchiveReader) throws(CaptureError) {
    var files: [String: [UInt8]] = [:]
    var left = Capture.totalLimit
    do throws(ArchiveError) {
      while let entry = try reader.next() {
        let content = try reader.readAll(limit: min(left, Capture.bodyLimit))
        left -= content.count
        files[entry.name] = content
      }
    } catch { throw .archive(error) }
    guard let manifest = files[CaptureManifest.fileName] else { throw .manifest("it is not in the archive") }
    try self.init(CaptureManifest(manifest)) { (name: String) throws(CaptureError) in
      guard let body = files[name] else { throw .body(path: name, reason: "not in the archive") }
      return body
    }
  }

  private init(
    _ manifest: CaptureManifest, body: (String) throws(CaptureError) -> [UInt8]
  ) throws(CaptureError) {
    guard let origin = Origin(rawValue: manifest.origin) else {
      throw .manifest("origin is '\(manifest.origin)', not 'demo' or 'recorded'")
    }
    var runs: [CapturedRun] = []
    for (index, run) in manifest.runs.enumerated() {
      guard let instant = Instant(run.instant) else {
        throw .manifest("run \(index + 1): '\(run.instant)' is not an instant such as 2025-09-05T22:30:00Z")
      }
      if let last = runs.last, instant < last.instant {
        throw .manifest("run \(index + 1): its instant \(instant) lies before that of the run before")
      }
      var roundTrips: [(request: Request, answer: Answer)] = []
      for (number, answer) in run.answers.enumerated() {
        let place = "run \(index + 1), answer \(number + 1)"
        roundTrips.append(try Capture.roundTrip(answer, at: instant, place: place, body: body))
      }
      runs.append(CapturedRun(instant: instant, roundTrips: roundTrips))
    }
    self.init(origin: origin, title: manifest.title, follows: manifest.follows ?? [], runs: runs)
  }

  private static func roundTrip(
    _ answer: CaptureManifest.Answer, at instant: Instant, place: String,
    body: (String) throws(CaptureError) -> [UInt8]
  ) throws(CaptureError) -> (request: Request, answer: Answer) {
    guard !answer.provider.isEmpty else { throw .manifest("\(place): no provider") }
    guard let method = Request.Method(rawValue: answer.method) else {
      throw .manifest("\(place): method is '\(answer.method)', not GET or POST")
    }
    guard answer.path.utf8.first == UInt8(ascii: "/") else {
      throw .manifest("\(place): path '\(answer.path)' does not begin with a slash")
    }
    guard (100...599).contains(answer.status) else { throw .manifest("\(place): status \(answer.status)") }
    if let reason = FilePath.objection(toInnerName: answer.body) { throw .body(path: answer.body, reason: reason) }
    let host = try answer.host.map { (text: String) throws(CaptureError) in
      guard let host = RequestHost(written: text) else { throw .manifest("\(place): host '\(text)' is no host") }
      return host
    }
    let query = try pairs(answer.query, of: "query", place: place)
    let headers = try pairs(answer.headers, of: "headers", place: place)
    let request = Request(
      provider: ProviderName(answer.provider), method: method, host: host, path: answer.path,
      query: query.map { QueryItem($0.0, $0.1) }, body: Array((answer.requestBody ?? "").utf8))
    return (
      request,
      Answer(
        status: answer.status, headers: headers.map { HeaderField($0.0, $0.1) }, body: try body(answer.body),
        receivedAt: instant)
    )
  }

  private static func pairs(
    _ lists: [[String]], of field: String, place: String
  ) throws(CaptureError) -> [(String, String)] {
    guard lists.allSatisfy({ $0.count == 2 }) else {
      throw .manifest("\(place): \(field) must be a list of [name, value]")
    }
    return lists.map { ($0[0], $0[1]) }
  }

  private static func file(_ name: String, in folder: String, limit: Int) throws(CaptureError) -> [UInt8] {
    do throws(FileError) {
      return try Folder.read(name, inside: folder, limit: limit)
    } catch {
      if name == CaptureManifest.fileName { throw .file(error) }
      throw .body(path: name, reason: error.description)
    }
  }
}
