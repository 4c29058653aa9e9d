import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

/// Lists feeds of news, and asks more of them or fewer.
package struct FeedCommand: ParsableCommand {
  /// Its name, help and subcommands; `feed` alone is `feed list`.
  package static let configuration = CommandConfiguration(
    commandName: "feed",
    abstract: "List, add and remove the feeds that news come from.",
    discussion: """
      EXAMPLES
        appliance feed list
        appliance feed add https://www.theguardian.com/business/economics
        appliance feed remove theguardian.com
      """,
    subcommands: [FeedListCommand.self, FeedAddCommand.self, FeedRemoveCommand.self],
    defaultSubcommand: FeedListCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}

struct FeedListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The feeds that are asked, and with --all those that are not any more.",
    discussion: """
      EXAMPLES
        appliance feed list
        appliance feed list --all --json
      """)

  @Flag(name: .long, help: "Also those that are not asked any more.")
  var all = false

  @OptionGroup var list: ListArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let feeds = try store.following.feeds()
    let shown = feeds.filter { all || $0.isAsked }
    try context.sayRemark(on: store)
    let others = feeds.count - shown.count
    context.console.say(
      counted(shown.count, "feed") + (others > 0 ? "; \(others) more not asked (--all shows them)" : ""),
      marked: context.console.talkStyle.dim)
    try FollowedList(
      name: "feeds", columns: FollowedFeed.columns, objects: shown.map(\.json),
      rows: shown.map { feed in { feed.write(to: $0) } }
    ).print(context, list)
  }
}

struct FeedRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Ask a feed no more; what it told stays.",
    discussion: """
      EXAMPLES
        appliance feed remove decrypt.co
        appliance feed remove https://decrypt.co/feed
      """)

  @Argument(help: ArgumentHelp("Its name, or its address.", valueName: "feed"))
  var feed: String
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader(toWriteAs: "feed remove")
    let feeds = try store.following.feeds()
    let named = feeds.filter { $0.address == feed || $0.name.lowercased() == feed.lowercased() }
    let asked = named.filter(\.isAsked)
    let meant = asked.isEmpty ? named : asked
    guard let first = meant.first else {
      let names = feeds.filter(\.isAsked).map(\.name)
      throw Failure(.failed, "no feed is called \(shown(feed))\(meantText(feed, among: names))")
    }
    guard meant.count == 1 else {
      throw Failure(
        .failed,
        "\(meant.count) feeds are called \(shown(feed)); name one by its address: "
          + meant.map(\.address).joined(separator: ", "))
    }
    if first.isAsked { try context.decide([.removeSeries(first.key)], as: "feed remove") }
    if global.json {
      return try Console.output([
        "version": 1, "outcome": "done", "feed": first.json, "changed": .bool(first.isAsked),
      ])
    }
    try context.tell(.done) { style in
      let state = first.isAsked ? "not asked any more" : "was removed before"
      let kept = first.isAsked && first.items > 0 ? "; its \(counted(first.items, "item")) stay" : ""
      return "\(style.bold(TerminalText.escaped(first.name))): \(state)\(kept)\n"
    }
  }
}
