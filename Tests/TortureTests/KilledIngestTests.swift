import Testing

@Suite(.serialized, .enabled(if: Tracer.works, "\(Tracer.missing)"))
struct KilledIngestTests {
  static let points: [KillPoint] =
    [0, 0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9].map { KillPoint("pwrite64", $0) }
    + [0.05, 0.3, 0.6].map { KillPoint("fdatasync", $0) }
    + [0, 0.5, 1].map { KillPoint("link", $0) }
    + [KillPoint("fsync", 1), KillPoint("ftruncate", 0)]

  @Test(arguments: points)
  func `a run that is killed leaves a whole file, and the next one heals it without help`(point: KillPoint) async throws
  {
    let count = try await CallCounts.shared.busiest(point.call, in: "ingest") { prefix in
      _ = try await Child.appliance(Demo.replay, home: try Home(), under: prefix)
    }
    let home = try Home()
    let killed = try await Child.appliance(
      Demo.replay, home: home, under: Tracer.killing(at: point.call, number: point.number(of: count)))
    // Late numbers may not be reached by any one thread.
    #expect(killed.code == -9 || point.fraction > 0.3 && killed.code == 0, "\(killed.said)")
    try await expectHealing(home, keeping: expectSound(home))
  }

  @Test func `runs that are killed one after another lose nothing that was acknowledged`() async throws {
    let home = try Home()
    var evidence: Set<String> = []
    for number in [60, 20, 90, 40] {
      let killed = try await Child.appliance(
        Demo.replay, home: home, under: Tracer.killing(at: "pwrite64", number: number))
      #expect(killed.code == -9, "\(killed.said)")
      evidence = try await expectSound(home, keeping: evidence)
    }
    try await expectHealing(home, keeping: evidence)
  }
}

@Suite(.serialized) struct FailingWritesTests {
  @Test(arguments: [1, 17, 100, 400, 1000, 1600])
  func `a run whose writes fail from some size on says so, and the next one heals it`(kibibytes: Int) async throws {
    let home = try Home()
    let failed = try await Child.appliance(Demo.replay, home: home, under: WriteFault.at(kibibytes: kibibytes))
    #expect(failed.code == 1, "\(failed.said)")
    #expect(failed.errors.contains(home.path), "\(failed.said)")
    try await expectHealing(home, keeping: expectSound(home))
  }
}
