import Market

extension Capture {
  /// Writes the capture as a `.tar.zst`, which bears the instant of the last run; equal bodies are kept once.
  package func write(toArchive path: String, replacing: Bool = false) throws(CaptureError) {
    let (manifest, bodies) = try files()
    do throws(ArchiveError) {
      let instant = runs.last?.instant ?? Instant(epochSeconds: 0)
      let archive = try ArchiveWriter(path: path, replacing: replacing, modified: instant, level: 19)
      try archive.add(name: CaptureManifest.fileName, bytes: manifest)
      for (name, body) in bodies { try archive.add(name: name, bytes: body) }
      try archive.finish()
    } catch { throw .archive(error) }
  }

  /// Writes the capture into a folder, which is made; a capture that is there already is an error.
  package func write(toFolder path: String) throws(CaptureError) {
    let (manifest, bodies) = try files()
    do throws(FileError) {
      try Folder.create(FilePath.join(path, "bodies"))
      for (name, body) in bodies { try WholeFile.write(body, to: FilePath.join(path, name), replacing: false) }
      // Last: a folder without it is no capture.
      try WholeFile.write(manifest, to: FilePath.join(path, CaptureManifest.fileName), replacing: false)
    } catch { throw .file(error) }
  }

  private func files() throws(CaptureError) -> (manifest: [UInt8], bodies: [(name: String, body: [UInt8])]) {
    var bodies: [(name: String, body: [UInt8])] = []
    var names: [[UInt8]: String] = [:]
    var written: [CaptureManifest.Run] = []
    for run in runs {
      var answers: [CaptureManifest.Answer] = []
      for (request, answer) in run.roundTrips {
        let name = names[answer.body] ?? Capture.bodyName(bodies.count + 1)
        if names.updateValue(name, forKey: answer.body) == nil { bodies.append((name, answer.body)) }
        answers.append(try CaptureManifest.Answer(request, answer, body: name))
      }
      written.append(CaptureManifest.Run(instant: run.instant.description, answers: answers))
    }
    let manifest = CaptureManifest(
      version: CaptureManifest.version, origin: origin.rawValue, title: title,
      follows: follows.isEmpty ? nil : follows, runs: written)
    return (try manifest.encoded(), bodies)
  }

  /// `bodies/0001`
  private static func bodyName(_ number: Int) -> String {
    let digits = String(number)
    return "bodies/" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension CaptureManifest.Answer {
  init(_ request: Request, _ answer: Market.Answer, body name: String) throws(CaptureError) {
    guard let question = String(validating: request.body, as: UTF8.self) else {
      throw .manifest("the question to \(request.provider)\(request.path) is not text and cannot be recorded")
    }
    self.init(
      provider: request.provider.description, method: request.method.rawValue,
      host: request.host?.written, path: request.path,
      query: request.query.map { [$0.name, $0.value] }, requestBody: question.isEmpty ? nil : question,
      headers: answer.headers.map { [$0.name, $0.value] }, status: answer.status, body: name)
  }
}
