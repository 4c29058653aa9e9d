import Testing

@Suite(.serialized) struct EveryFaultTests {
  /// One fault at a time, at all providers side by side: each has a server, a file and a thread of its own.
  @Test(.timeLimit(.minutes(2)), arguments: Fault.all)
  func `whatever a provider does, no untrue fact is stored, nothing true is lost, and the next run heals`(
    fault: Fault
  ) async throws {
    let number = Fault.all.firstIndex { $0.testDescription == fault.testDescription } ?? 0
    let verdicts = try await withThrowingTaskGroup(of: (Int, FaultVerdict).self) { group in
      for (index, provider) in FaultScene.names.enumerated() {
        // Recovery takes long and depends little on who was at fault: each fault is followed at one of them.
        let recovers = index == number % FaultScene.names.count
        group.addTask { (index, try await FaultVerdict(fault, of: provider, recovers: recovers)) }
      }
      var found: [Int: FaultVerdict] = [:]
      for try await (index, verdict) in group { found[index] = verdict }
      return FaultScene.names.indices.compactMap { found[$0] }
    }
    try VerdictTable.expect(fault, verdicts)
  }

  @Test func `the table tells of every fault and of nothing else`() {
    let names = Fault.all.map(\.testDescription)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 40)
    #expect(Set(VerdictTable.kept().keys) == Set(names))
  }
}
