import Testing

/// One fault at a time, at the providers concerned side by side: each has a server, a file and a thread of its own.
@Suite(.serialized) struct EveryFaultTests {
  @Test(arguments: Fault.all.filter { !$0.isSlow })
  func `whatever a provider does, no untrue fact is stored, nothing true is lost, and the next run heals`(
    fault: Fault
  ) async throws {
    try await meet(fault)
  }
}

/// What only a time limit ends, is waited for together.
@Suite struct EverySlowFaultTests {
  @Test(arguments: Fault.paces)
  func `a provider that keeps us waiting is given up, and costs the others nothing`(fault: Fault) async throws {
    #expect(fault.isSlow)
    try await meet(fault)
  }

  @Test func `the table tells of every fault and of nothing else`() {
    let names = Fault.all.map(\.testDescription)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 40)
    #expect(Fault.representative.isSubset(of: names))
    #expect(Fault.ofEachKind.isSubset(of: FaultScene.names))
    #expect(Set(VerdictTable.kept().keys) == Set(names))
  }
}

/// Whoever is concerned meets the fault; what comes of it stands in the table.
private func meet(_ fault: Fault) async throws {
  let number = Fault.all.firstIndex { $0.testDescription == fault.testDescription } ?? 0
  let concerned = FaultScene.scenes.filter(fault.concerns)
  // Recovery takes long and depends little on who was at fault: each fault is followed at one of them.
  let turn = FaultScene.scenes[number % FaultScene.scenes.count]
  let followed = concerned.contains(turn) ? turn : concerned[number % concerned.count]
  let verdicts = try await withThrowingTaskGroup(of: (Int, FaultVerdict).self) { group in
    for (index, provider) in concerned.enumerated() {
      group.addTask { (index, try await FaultVerdict(fault, of: provider, recovers: provider == followed)) }
    }
    var found: [Int: FaultVerdict] = [:]
    for try await (index, verdict) in group { found[index] = verdict }
    return concerned.indices.compactMap { found[$0] }
  }
  try VerdictTable.expect(fault, verdicts)
}
