import Commands
import Following
import Market
import Rendering
import Store
import Synchronization

/// Whoever of the providers knows what symbols stand for, asked over the network, within its limits.
final class ProviderDirectory: Sendable {
  private let context: CommandContext
  private let provider: (any AssetDirectory)?
  private let before: [QuotaState]
  private let network = Mutex<(any Network)?>(nil)

  /// - Parameter store: what is followed: a demo asks nobody, and nobody is asked who was switched off.
  init(_ context: CommandContext, _ store: Store) throws {
    self.context = context
    before = try store.runs.quotas()
    let isDemo = try store.origin() == .demo
    let disabled = try store.following.disabledSources()
    provider = context.providers.lazy.compactMap { $0 as? any AssetDirectory }.first { directory in
      !isDemo && !disabled.contains(directory.profile.name)
    }
  }

  deinit { network.withLock { $0 }?.shutDown() }

  /// Whether there is somebody who may be asked.
  var mayBeAsked: Bool { provider != nil }
  /// Whether it is this source, and may be asked what its symbols stand for.
  func knows(_ source: ProviderName) -> Bool { provider?.profile.name == source }
  /// Its name for people.
  var title: String { provider?.profile.title ?? "anybody" }

  /// What was used of quotas, where somebody was asked.
  func quotas() async -> [QuotaState] { await network.withLock { $0 }?.quotas() ?? [] }

  /// Notes what was used of quotas where nothing else is written, in a file that is there.
  func noteQuotas(as command: String) async {
    let used = await quotas()
    guard !used.isEmpty, (try? Store.exists(context.databasePath)) ?? false else { return }
    // What went wrong before matters more than that this could not be noted.
    try? context.decide([], as: command, quotas: used)
  }

  /// What a symbol stands for; `nil` where the provider does not know it.
  func description(of symbol: String) async throws -> ToldAsset? {
    guard let provider else { return nil }
    let network = try opened()
    let request = provider.request(about: symbol, at: context.clock.now)
    switch await network.roundTrip(request).last?.result {
    case .success(let answer):
      do {
        return try provider.description(in: answer, to: request)
      } catch .unknownSymbol {
        return nil
      } catch {
        throw Failure(.unreachable, "\(title) \(error); \(ProviderDirectory.way)")
      }
    case .failure(.cancelled): throw Failure(.interrupted)
    case .failure(let error): throw Failure(.unreachable, "\(title) \(error); \(ProviderDirectory.way)")
    case nil: throw Failure(.unreachable, "\(title) was not asked; \(ProviderDirectory.way)")
    }
  }

  /// Looks a symbol up before a command goes on with it.
  ///
  /// - Throws: where the provider does not know it, or does not answer.
  func check(_ symbol: String, as command: String) async throws {
    guard try await Interruption.cancelling({ try await self.description(of: symbol) }) == nil else { return }
    await noteQuotas(as: command)
    throw Failure(.failed, "\(title) does not know \(shown(symbol)); nothing was changed")
  }

  private static let way = "nothing was changed; --offline does it without asking, and --class says what it is"

  private func opened() throws -> any Network {
    try network.withLock { network in
      if let network { return network }
      let opened = try context.network(quotas: before)
      network = opened
      return opened
    }
  }
}
