import Commands
import Following
import Formats
import Market
import Rendering
import Store

/// A feed that was found at an address.
struct FoundFeed: Sendable {
  /// As its series spells it.
  let address: String
  /// What it calls itself; `nil` where it does not, or was not asked.
  let title: String?
  /// Items that it holds; `nil` where it was not asked.
  let items: Int?
  /// Other feeds that the page named.
  let others: [String]
}

/// Looks for a feed where the user says that there is one.
struct FeedFinder: Sendable {
  private let context: CommandContext
  private let provider: any Provider
  private let isDemo: Bool
  private let quotas: [QuotaState]

  init(_ context: CommandContext, _ store: Store) throws {
    self.context = context
    provider = try context.provider("rss", flag: "feed add")
    isDemo = try store.origin() == .demo
    quotas = try store.runs.quotas()
  }

  /// The feed at an address, or the first that the page there names.
  ///
  /// - Throws: where there is none, or nobody answers.
  func feed(at address: String, isOffline: Bool) async throws -> FoundFeed {
    let request = try request(for: address)
    if isOffline || isDemo {
      return FoundFeed(address: provider.profile.address(of: request), title: nil, items: nil, others: [])
    }
    let network = try context.network(quotas: quotas)
    defer { network.shutDown() }
    let answer = try await ask(request, network)
    if let found = try feed(in: answer, to: request, others: []) { return found }
    let links = FeedLink.all(inPage: answer.body, at: provider.profile.address(of: request))
    for link in links {
      guard let next = try? self.request(for: link.address) else { continue }
      let others = links.map(\.address).filter { $0 != link.address }
      do {
        if let found = try feed(in: try await ask(next, network), to: next, others: others) { return found }
      } catch let failure as Failure where failure.status != .interrupted {
        continue  // A dead link of the page; the next one may live.
      }
    }
    throw Failure(
      .failed,
      links.isEmpty
        ? "\(shown(address)) is no feed, and names none; nothing was changed"
        : "\(shown(address)) names \(counted(links.count, "feed")), and there is none where it says; nothing was changed"
    )
  }

  private func request(for address: String) throws -> Request {
    let series = FeedWish.key(of: address)
    let now = context.clock.now
    guard let request = provider.requests(for: Want(series: series, span: now...now), at: now).first else {
      throw Failure(.usage, "\(shown(address)) is no address; write it like https://example.com/feed")
    }
    return request
  }

  private func ask(_ request: Request, _ network: any Network) async throws -> Answer {
    let last = await network.roundTrip(request).last
    switch last?.result {
    case .success(let answer): return answer
    case .failure(.cancelled): throw Failure(.interrupted)
    case .failure(let error):
      throw Failure(
        .unreachable,
        "\(SpokenAddress.host(of: provider.profile.address(of: request))): \(last?.failure ?? "\(error)"); nothing was changed, "
          + "--offline takes the address as it is")
    case nil: throw Failure(.unreachable, "nobody was asked; nothing was changed")
    }
  }

  /// `nil` for an answer that is no feed but may be a page.
  private func feed(in answer: Answer, to request: Request, others: [String]) throws -> FoundFeed? {
    let address = provider.profile.address(of: request)
    guard answer.status == 200 else {
      do { _ = try provider.read(answer, to: request) } catch {
        throw Failure(.failed, "\(shown(address)): \(error); nothing was changed")
      }
      return nil
    }
    guard let feed = try? Feed.read(answer.body, from: address, contentType: answer.header("content-type")) else {
      return nil
    }
    return FoundFeed(address: address, title: feed.title, items: feed.items.count, others: others)
  }
}
