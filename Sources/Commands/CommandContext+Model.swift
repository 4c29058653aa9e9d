import Health
import Market
import Narrative
import Store

extension CommandContext {
  /// The model that is set up, or another one in its place; `nil` where none is, and rules write alone.
  package func model(_ model: String? = nil) throws -> ModelSettings? {
    do { return try ModelSettings(model: model, explicit) } catch { throw Failure(.usage, "\(error)") }
  }

  private func explicit(_ name: String) -> String? {
    settings.known.first { $0.name == name }.flatMap { settings.explicit($0) }
  }

  /// How the server of the model is asked, and where to; `nil` where none is set up, or not so that it could be asked.
  var modelRoute: (profile: ProviderProfile, moved: String?)? {
    guard let model = try? ModelSettings(model: explicit("LLM_MODEL") ?? "-", explicit) else { return nil }
    let place = explicit("APPLIANCE_\(model.provider.settingName)_BASE_URL")
    return (model.profile(isMoved: place != nil), place ?? model.base)
  }

  /// Whoever can be asked, the server of the model included.
  var askedProfiles: [ProviderProfile] { profiles + [modelRoute?.profile].compactMap { $0 } }

  /// Whatever asks the model over a network of this context; `isAnew` also what was asked before.
  package func modelClient(
    _ model: ModelSettings, over transport: any Transport, _ store: Store, isAnew: Bool = false
  ) throws -> ModelClient {
    guard let route = modelRoute else { throw Failure(.usage, "no model is set up") }
    let isLocal = try isLocal(route.profile.name)
    if model.isLocalOnly, !isLocal {
      throw Failure(.usage, "LLM_LOCAL_ONLY: \(model.model) is not on this machine or in a private network")
    }
    return try ModelClient(
      model, profile: route.profile, over: transport, store: store, rules: guardRules, isLocal: isLocal, isAnew: isAnew,
      on: try clock(of: store).now.day)
  }

  /// By which texts of models are judged.
  var guardRules: GuardRules {
    GuardRules(
      languages: wiring.figureWords,
      strangers: Set((wiring.listings.map(\.asset) + wiring.wellKnown).map(\.name)).sorted())
  }

  /// Whether the language model that is set up answers: one small call, of which nothing is kept.
  func modelFinding() async -> Finding {
    do {
      guard let model = try model(), let route = modelRoute else {
        return .ok("model", "none is set up; rules write the summaries")
      }
      let network = try network(quotas: [])
      defer { network.shutDown() }
      let found = await ModelProbe(model, route.profile, over: network).finding()
      return found.isGood
        ? .ok("model", found.text) : .problem("model", found.text, "`appliance config show` tells what is set about it")
    } catch {
      return .problem("model", (error as? Failure)?.message ?? "\(error)", nil)
    }
  }
}
