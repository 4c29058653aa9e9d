import ArgumentParser
import Threads

/// Makes the facts anew from the answers that were kept.
package struct RebuildCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "rebuild", _superCommandName: Program.name,
    abstract: "Make the facts anew from the answers that were kept.",
    discussion: """
      Every kept answer is read again, in the order in which it was read at first, and what you decided about refused \
      rows is done again. Nobody is asked, and the database is left as it is.

      --verify compares every row with the database and names what differs: the proof that nothing in it comes from \
      elsewhere, or what another version of the appliance reads otherwise. Compared are facts, what they replaced, \
      refused rows, marks, gaps, choices of price, judged days of funds, snapshots, counters, what became of each \
      answer, and what language models wrote, whose answers are read again; not the record of runs and answers itself, \
      and not what rules wrote.

      --apply shows the same, makes a proven backup, and puts the rebuilt file in the place of the database.

      Imported files are read again as well; one kept by reference must lie where it did, as it was. Where it does not, \
      it is named, and its rows and what is computed from them are not compared.

      Exits with 7 where rows differ or an answer is not what was kept, with 3 where an imported file is missing.

      EXAMPLES
        appliance rebuild --verify
        appliance rebuild -o fresh.db
        appliance rebuild --apply
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Flag(name: .long, help: "Compare, and keep nothing.")
  var verify = false

  @Flag(name: .long, help: "Take the rebuilt file over; the old one is kept beside it.")
  var apply = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the new file goes; by default beside the database, as .rebuilt.", valueName: "file"))
  var output: String?

  @Option(name: .long, help: ArgumentHelp("Name at most this many differences; all are counted.", valueName: "n"))
  var limit = 20

  @OptionGroup var global: GlobalOptions

  /// Refuses more than one of `--verify`, `--apply` and `-o`, and a limit below 0.
  package func validate() throws {
    if verify, apply { throw ValidationError("Give --verify or --apply, not both.") }
    if output != nil, verify || apply { throw ValidationError("-o names a new file; leave it or the other flag away.") }
    if limit < 0 { throw ValidationError("--limit is at least 0.") }
  }

  /// Makes the facts anew on a thread of its own, then compares, takes over or writes them.
  package func run() async throws {
    let context = try CommandContext(global)
    let rebuild = RebuildRun(context: context, limit: limit)
    let mode: RebuildRun.Mode = verify ? .verify : apply ? .apply : .write(output)
    try await blocking { try rebuild.perform(mode) }
  }
}
