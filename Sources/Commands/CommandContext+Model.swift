import Market
import Narrative
import Store
import Transport

extension CommandContext {
  /// The model that is set up; `nil` where none is, and rules write alone.
  ///
  /// - Parameter model: one to be asked in its place.
  package func model(_ model: String? = nil) throws -> ModelSettings? {
    do throws(ModelSettingFault) {
      return try ModelSettings(model: model) { name in
        settings.known.first { $0.name == name }.flatMap { settings.explicit($0) }
      }
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  /// How the server of the model is asked, and where to; `nil` where no model is set up.
  var modelRoute: (profile: ProviderProfile, moved: String?)? {
    get throws {
      guard let model = try model(self.settings[Setting.named("LLM_MODEL")] ?? "-") else { return nil }
      let place = settings.explicit(Setting.named("APPLIANCE_\(model.provider.settingName)_BASE_URL"))
      return (model.profile(isMoved: place != nil), place ?? model.base)
    }
  }

  /// Whoever can be asked, the server of the model included.
  var askedProfiles: [ProviderProfile] {
    get throws { profiles + [try modelRoute?.profile].compactMap { $0 } }
  }

  /// Writes by the model over a network of this context.
  ///
  /// - Parameters:
  ///   - model: as `model(_:)` gave it.
  ///   - isAnew: whether what was asked before is asked again.
  package func modelClient(
    _ model: ModelSettings, over transport: any Market.Transport, _ store: Store, isAnew: Bool = false
  ) throws -> ModelClient {
    guard let route = try modelRoute else { throw Failure(.usage, "no model is set up") }
    let isLocal = try isLocal(route.profile.name)
    if model.isLocalOnly, !isLocal {
      throw Failure(
        .usage, "LLM_LOCAL_ONLY: \(route.moved ?? route.profile.baseURL) is not on this machine or in a private network")
    }
    return try ModelClient(
      model, profile: route.profile, over: transport, store: store, rules: guardRules, isLocal: isLocal, isAnew: isAnew,
      on: clock.now.day)
  }

  /// By which texts of models are judged.
  package var guardRules: GuardRules {
    GuardRules(
      languages: wiring.figureWords,
      strangers: Set((wiring.listings.map(\.asset) + wiring.wellKnown).map(\.name)).sorted())
  }
}

extension Setting {
  /// One of those about models.
  fileprivate static func named(_ name: String) -> Setting {
    (ofModels + placesOfModels).first { $0.name == name } ?? Setting(name: name, fallback: nil, help: "")
  }
}
