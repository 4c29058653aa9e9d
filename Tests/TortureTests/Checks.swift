import Testing

/// What must hold of a home whenever a process in it has ended, however it ended.
///
/// - Parameter before: what was acknowledged earlier.
/// - Returns: what is acknowledged now.
@discardableResult
func expectSound(
  _ home: Home, keeping before: Set<String> = [], at location: SourceLocation = #_sourceLocation
) async throws -> Set<String> {
  var evidence: Set<String> = []
  if let record = try Record(home.database) {
    #expect(try record.faults() == [], sourceLocation: location)
    evidence = try record.evidence()
  }
  #expect(before.subtracting(evidence) == [], "acknowledged before, and gone", sourceLocation: location)
  for archive in home.archives {
    #expect(home.files.contains(archive + ".proof.json"), "\(archive) has no proof", sourceLocation: location)
  }
  if !home.archives.isEmpty {
    let verified = try await Child.appliance(["backup", "verify", "--all"], home: home)
    #expect(verified.code == 0, "\(verified.said)", sourceLocation: location)
  }
  return evidence
}

/// The next run, without any help, ends well, closes what a dead one left open, and leaves what an undisturbed one does.
func expectHealing(
  _ home: Home, keeping before: Set<String> = [], at location: SourceLocation = #_sourceLocation
) async throws {
  let hadRuns = try Record(home.database)?.runs() ?? []
  let healed = try await Child.appliance(Demo.replay, home: home)
  #expect(healed.code == 0, "\(healed.said)", sourceLocation: location)
  try await expectSound(home, keeping: before, at: location)
  let record = try #require(try Record(home.database), sourceLocation: location)
  let closed = hadRuns.map { $0.isEmpty ? "interrupted" : $0 }
  #expect(try record.runs() == closed + ["done", "done", "done"], sourceLocation: location)
  #expect(try record.count("step WHERE outcome IS NULL") == 0, sourceLocation: location)
  try await expectSameFacts(record, as: Demo.whole.facts, at: location)
}

func expectSameFacts(_ record: Record, as expected: [String], at location: SourceLocation) async throws {
  let facts = try record.facts()
  #expect(
    Set(facts).subtracting(expected) == [], "facts that an undisturbed run does not leave", sourceLocation: location)
  #expect(Set(expected).subtracting(facts) == [], "facts that are missing", sourceLocation: location)
  #expect(facts.count == expected.count, sourceLocation: location)
}
