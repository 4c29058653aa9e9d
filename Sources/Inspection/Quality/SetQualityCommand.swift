import ArgumentParser
import Commands
import Following
import Health
import Market
import Metrics
import Rendering
import Store

struct SetQualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Say how much of a check is let pass.",
    discussion: """
      A part is written like 0.2% or 0.002, a count like 3; coverage as what has to be there: 95%. `none` takes the gate \
      away, so that the check only informs; `default` goes by what the program says. It is kept in the record, with the \
      day, and a rebuild keeps it.

      EXAMPLES
        appliance quality set fold=0.2%
        appliance quality set late=3 gaps=none coverage=95%
        appliance quality set fold=default
      """)

  @Argument(
    help: ArgumentHelp("A check and the most that is let pass.", valueName: "check=threshold"),
    completion: .list(QualityCheck.all.map { $0.name + "=" }))
  var gates: [String]

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let decisions = try gates.map(SetQualityCommand.decision)
    _ = try context.reader(toWriteAs: "quality set")
    let store = try context.writer(command: "quality set")
    defer { store.close() }
    try store.following.decide(decisions, at: try context.clock(of: store).now)
    try store.checkFooting()
    let set = try store.following.qualityGates()
    let checks = QualityCheck.all.filter { check in decisions.contains { $0.check == check } }
    if global.json {
      return try Console.output([
        "version": 1, "outcome": "done",
        "gates": .array(
          checks.map { ["check": .string($0.name), "threshold": .optional(set[$0]), "is_set": .bool(set.isSet($0))] }),
      ])
    }
    for check in checks {
      let text = set[check] == nil ? "informs only" : check.text(ofThreshold: set[check])
      try Console.output("\(check.name): \(text)\(set.isSet(check) ? "" : ", as the program says")\n")
    }
  }

  /// `fold=0.2%`
  static func decision(_ text: String) throws -> QualityDecision {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let names = QualityCheck.all.filter { $0.basis != .schema }.map(\.name)
    guard let check = sides.first.flatMap(QualityCheck.named), check.basis != .schema else {
      let name = sides.first ?? ""
      throw Failure(
        .usage,
        "there is no gate '\(shown(name))'\(meantText(name, among: names)); there are "
          + names.joined(separator: ", "))
    }
    switch sides.count == 2 ? sides[1] : "" {
    case "none": return .anything(check)
    case "default": return .usual(check)
    case let text:
      guard let most = most(text, of: check) else {
        throw Failure(
          .usage, "\(check.name): '\(shown(text))' is no \(words(check.unit)); or none, or default")
      }
      return .most(check, most)
    }
  }

  private static func most(_ text: String, of check: QualityCheck) -> Double? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? String(text.dropLast()) : text), number.isFinite, number >= 0 else {
      return nil
    }
    let value = isPercent ? number / 100 : number
    switch check.unit {
    case .fraction: return value <= 1 ? value : nil
    // What has to be there, in a form that tells back what was typed.
    case .missing: return value <= 1 ? ((1 - value) * 1e9).rounded() / 1e9 : nil
    case .count: return isPercent || value != value.rounded() || value > 1e12 ? nil : value
    }
  }

  private static func words(_ unit: QualityCheck.Unit) -> String {
    switch unit {
    case .fraction: "part such as 0.2% or 0.002"
    case .missing: "part that has to be there, such as 95%"
    case .count: "count such as 3"
    }
  }
}
