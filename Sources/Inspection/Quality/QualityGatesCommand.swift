import ArgumentParser
import Commands
import Following
import Health
import Market
import Metrics
import Rendering
import Store

struct QualityGatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gates",
    abstract: "What each check means, how it is measured, and what is let pass.",
    discussion: """
      A * stands behind what you set. A check without a gate only informs.

      EXAMPLES
        appliance quality gates
        appliance quality gates --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let gates = try context.followed().following.qualityGates()
    if global.json {
      return try Console.output(["version": 1, "gates": .array(QualityCheck.all.map { json($0, gates) })])
    }
    var text = LabelledText()
    for check in QualityCheck.all {
      let gate = check.text(ofThreshold: gates[check]) + (gates.isSet(check) ? " *" : "")
      text.add(check.name, "\(gate)  \(check.meaning): \(check.method)")
    }
    try Console.output(text.text(width: Console.width()))
  }

  private func json(_ check: QualityCheck, _ gates: QualityGates) -> JSONValue {
    [
      "check": .string(check.name), "meaning": .string(check.meaning), "method": .string(check.method),
      "unit": .string(check.unit.word), "threshold": .optional(gates[check]),
      "default": .optional(check.threshold), "is_set": .bool(gates.isSet(check)),
    ]
  }
}
