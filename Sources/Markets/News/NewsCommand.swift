import ArgumentParser
import Commands
import Following
import Market
import Newsdesk
import Rendering
import Store

/// Shows what the feeds told.
package struct NewsCommand: ParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "news", _superCommandName: Program.name,
    abstract: "What the feeds told, each story once, the newest first.",
    discussion: """
      With a symbol only stories that name the asset; CRYPTO is coins as such. -v adds the addresses. `appliance feed list` \
      shows who is asked, and `appliance export news_article` has all of it.

      --search takes words that must all be there, in titles and summaries: "several words" in that order, word* for words \
      that begin so, -word for what must not be there. Letter case and accents do not matter. Without --last all is looked \
      through.

      EXAMPLES
        appliance news
        appliance news BTC --last 3d
        appliance news --source coindesk --search "etf outflow* -ether"
        appliance news --json
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("Only stories that name this asset.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var symbol: String?

  @Option(
    name: .long, help: ArgumentHelp("How far back; 3d unless said, and with --search all there is.", valueName: "span"))
  var last: TimeSpan?

  @Option(name: .long, help: ArgumentHelp("Only feeds whose name or address holds this.", valueName: "text"))
  var source: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Only stories with all of these words.", valueName: "words"))
  var search: String?

  @Option(name: .long, help: ArgumentHelp("How many at most.", valueName: "number"))
  var limit = 50

  @OptionGroup var global: GlobalOptions

  /// What is asked for must be possible.
  package func validate() throws {
    if limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
  }

  /// Reads and prints.
  package func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let now = try context.clock(of: store).now
    let asset = try symbol.map { try named($0, context, store) }
    let sought = try search.map { text throws(Failure) in
      do throws(SearchQuery.Fault) { return try SearchQuery(text) } catch {
        throw Failure(.usage, "--search '\(shown(text))': \(error)")
      }
    }
    let span = last ?? (sought == nil ? .days(3) : nil)
    // One more tells whether there are more.
    let found = try store.following.headlines(
      since: span.map { now - $0.seconds } ?? Instant(epochSeconds: 0), asset: asset, source: source, search: sought,
      limit: limit == .max ? limit : limit + 1)
    let (headlines, isCut) = (found.prefix(limit), found.count > limit)
    try context.sayRemark(on: store)
    if global.json {
      return try Console.output(["version": 1, "news": .array(headlines.map(\.json)), "cut": .bool(isCut)])
    }
    if headlines.isEmpty {
      let feeds = try store.following.feeds().filter(\.isAsked)
      let why =
        feeds.isEmpty
        ? "no feed is asked; \(context.typed("feed add ADDRESS")) adds one"
        : span == nil ? "nothing of that among all articles" : "nothing of that in so long a time"
      return context.console.say(why)
    }
    try Console.output(lines: headlines.map { line($0, context.console.style, isLong: global.verbose) }.joined())
    if isCut { context.console.say("there are older ones; --limit takes more than \(limit)") }
  }

  /// The symbol of an asset that is followed, or of coins as such.
  private func named(_ typed: String, _ context: CommandContext, _ store: Store) throws -> String {
    if typed.uppercased() == "CRYPTO" { return "CRYPTO" }
    let names = FollowedNames(try store.following.assets())
    guard names.holds(typed) else { throw names.notFollowed(typed, KnownListings(context.wiring.listings)) }
    return try names.asset(typed).asset.symbol
  }

  private func line(_ headline: Headline, _ style: TextStyle, isLong: Bool) -> String {
    let time = "\(headline.publishedAt.day) \(clock(headline.publishedAt))"
    let others = headline.sources > 1 ? " and \(headline.sources - 1) more" : ""
    let tickers = headline.tickers.isEmpty ? "" : "  [\(headline.tickers.joined(separator: " "))]"
    let title = headline.title.isEmpty ? headline.url ?? "" : headline.title
    return "\(style.dim(time))  \(style.bold(TerminalText.escaped(title)))\n"
      + "  \(TerminalText.escaped(headline.source))\(others)\(TerminalText.escaped(tickers))\n"
      + (isLong ? headline.url.map { "  \(TerminalText.escaped($0))\n" } ?? "" : "")
  }

  private func clock(_ instant: Instant) -> String { String(instant.description.dropFirst(11).prefix(5)) }
}

extension Headline {
  /// What it is for programs.
  var json: JSONValue {
    [
      "article_id": .integer(id), "published_at": .string(publishedAt.description), "source": .string(source),
      "title": .string(title), "summary": .optional(summary), "url": .optional(url),
      "tickers": .array(tickers.map(JSONValue.string)), "sources": .integer(Int64(sources)),
    ]
  }
}
