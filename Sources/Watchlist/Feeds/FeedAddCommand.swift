import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

extension FeedKind: ExpressibleByArgument {}

struct FeedAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Ask a feed too, by its address or by that of a page that names it.",
    discussion: """
      The address is asked once: a feed is read and followed, a page is looked through for the feed that it names. With \
      --offline the address is taken as it is. Feeds are asked every 15 minutes at most, and those that bring little \
      less often. Of a feed that is asked already what is said now is noted, and what is not said stays.

      EXAMPLES
        appliance feed add https://www.theguardian.com/business/economics
        appliance feed add https://feeds.example.com/rss --name Example --group macro
        appliance feed add https://www.reddit.com/r/investing/.rss --kind social
      """)

  @Argument(help: ArgumentHelp("Of the feed, or of a page.", valueName: "address"))
  var address: String

  @Option(name: .long, help: ArgumentHelp("How it is called; its host unless said.", valueName: "name"))
  var name: String?

  @Option(
    name: .long, help: ArgumentHelp("What it brings: news, which is usual, or social for talk.", valueName: "kind"))
  var kind: FeedKind?

  @Option(name: .long, help: ArgumentHelp("Name under which it is found with others.", valueName: "group"))
  var group: String?

  @Flag(name: .long, help: "Ask nobody; the address is that of the feed.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let name, name.isEmpty || name.utf8.count > 100 || name.utf8.contains(where: { $0 < 0x20 }) {
      throw ValidationError("--name takes up to 100 characters on one line")
    }
    if let group,
      group.isEmpty || !group.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    {
      throw ValidationError("--group takes lower-case letters, digits and hyphens")
    }
  }

  func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader(toWriteAs: "feed add")
    let finder = try FeedFinder(context, store)
    let typed = address.contains("://") ? address : "https://\(address)"
    let found = try await Interruption.cancelling { try await finder.feed(at: typed, isOffline: offline) }
    let there = try store.following.feeds().first { $0.key == FeedWish.key(of: found.address) }
    let host = SpokenAddress.host(of: found.address)
    let wish = FeedWish(
      address: found.address, name: name ?? there.flatMap { $0.name == host ? nil : $0.name },
      kind: kind ?? there.flatMap { FeedKind(rawValue: $0.kind) } ?? .news, group: group ?? there?.group)
    let called = wish.name ?? host
    let isNew = there?.isAsked != true
    let isSaid = there.map { ($0.name, $0.kind, $0.group) != (called, wish.kind.rawValue, wish.group) } ?? false
    if isNew || isSaid { try context.decide([.addFeed(wish)], as: "feed add") }
    if global.json { return try Console.output(json(found, wish, called, isChanged: isNew || isSaid)) }
    try context.tell(.done) { style in
      let items = found.items.map { "; it holds \(counted($0, "item")) now" } ?? ""
      let state = isNew ? "asked from now on" : isSaid ? "asked already; noted as said" : "asked already"
      return "\(style.bold(TerminalText.escaped(called))): \(state)\(items)\n"
        + (found.title.map { "  \(TerminalText.escaped($0))\n" } ?? "")
        + "  \(TerminalText.escaped(wish.address))\n"
        + found.others.map { "  the page also names \(TerminalText.escaped($0))\n" }.joined()
        + (isNew ? "Next: \(context.typed("ingest --only news"))\n" : "")
    }
  }

  private func json(_ found: FoundFeed, _ wish: FeedWish, _ called: String, isChanged: Bool) -> JSONValue {
    [
      "version": 1, "outcome": "done", "address": .string(wish.address), "name": .string(called),
      "title": .optional(found.title), "kind": .string(wish.kind.rawValue), "group": .optional(wish.group),
      "items": found.items.map { .integer(Int64($0)) } ?? .null,
      "others": .array(found.others.map(JSONValue.string)), "changed": .bool(isChanged),
    ]
  }
}
