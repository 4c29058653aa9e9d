import ArgumentParser
import Commands
import Formats
import Market
import Rendering
import Reports
import Store

/// Holds a report against the record that it was made from.
package struct VerifyCommand: ParsableCommand {
  /// Its name and help.
  package static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Whether a written report is untouched, and still follows from the data.",
    discussion: """
      A report that was written as md or html bears a seal in its last line: of what it is, what was known when it was made, a hash of its facts and one of its text. It is made again from what the record knew then, and from what it knows now. A report that another version of the program wrote is judged by its facts; what the text says of them is then not known, and said so.

      Exit codes: 0 it is what it says; 7 it was altered, or does not follow; 1 it bears no seal, or is of another record.

      EXAMPLES
        appliance report daily -o daily.html
        appliance verify daily.html
        appliance verify daily.md --json | jq .outcome
      """)

  /// Longer files are no reports of ours.
  private static let limit = 64 << 20

  @Argument(help: ArgumentHelp("A report as md or html.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var global: GlobalOptions

  /// Empty; the parser fills it in.
  package init() {}

  private func ownMaker() throws -> String? {
    try Program.wiring().commit == "unknown" ? nil : reportMaker()
  }

  /// Prints what became of the report, and fails where it is not what it says.
  package func run() throws {
    let context = try CommandContext(global)
    let bytes = try WholeFile.read(file, limit: VerifyCommand.limit)
    let check = try SealCheck(of: String(decoding: bytes, as: UTF8.self), maker: try ownMaker()) { instant in
      try instant.map { try Store.reading(context.databasePath, asOf: $0, measure: .answers) } ?? context.reader()
    }
    guard let check else {
      throw Failure(
        .failed, "\(shown(file)) bears no seal; `appliance report` puts one into what it writes as md or html")
    }
    if global.json { try Console.output(check.json(of: file)) } else { try Console.output(check.text(of: file)) }
    switch check.outcome {
    case .holds, .outdated: return
    case .foreign, .unknown: throw Failure(.failed)
    case .altered, .resealed, .unfounded: throw Failure(.integrity)
    }
  }
}

/// This program, as it signs reports.
func reportMaker() throws -> String {
  let wiring = try Program.wiring()
  return "\(wiring.version) (\(wiring.commit))"
}
