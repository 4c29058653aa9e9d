import Market

extension ModelSettings {
  /// The name under which its server stands in settings and in the record.
  package var provider: ProviderName { ProviderName(kind.rawValue) }

  /// Everybody who can be set up, as they are where no setting moves them.
  package static var usualProfiles: [ProviderProfile] { Kind.allCases.map { profile(of: $0) } }

  /// How its server is asked.
  ///
  /// - Parameter isMoved: whether a setting moves it besides, so that its address is only what is moved.
  package func profile(isMoved: Bool) -> ProviderProfile {
    ModelSettings.profile(of: kind, base: isMoved ? base : base == nil ? nil : "", concurrency: concurrency)
  }

  private static func profile(of kind: Kind, base: String? = nil, concurrency: Int = 2) -> ProviderProfile {
    let name = ProviderName(kind.rawValue)
    return ProviderProfile(
      name: name, title: title(kind), baseURL: base ?? usualBase(kind), homepage: homepage(kind),
      politeness: Politeness(windows: [], concurrency: concurrency),
      // Models think for minutes before a first byte.
      patience: Patience(tries: 3, waiting: .seconds(60), transfer: .seconds(600)), credential: credential(kind),
      safety: 0, probe: Request(provider: name, path: "/models"), verdict: { ModelFault.verdict(on: $0) })
  }

  private static func usualBase(_ kind: Kind) -> String {
    switch kind {
    case .openai: "https://api.openai.com/v1"
    case .compatible: ""
    case .ollama: "http://127.0.0.1:11434/v1"
    }
  }

  private static func title(_ kind: Kind) -> String {
    switch kind {
    case .openai: "OpenAI"
    case .compatible: "an OpenAI-compatible server"
    case .ollama: "Ollama"
    }
  }

  private static func homepage(_ kind: Kind) -> String {
    switch kind {
    case .openai: "https://platform.openai.com"
    case .compatible: "https://platform.openai.com/docs/api-reference/chat"
    case .ollama: "https://ollama.com"
    }
  }

  /// A key for OpenAI is sent to OpenAI only.
  private static func credential(_ kind: Kind) -> Credential {
    Credential(
      header: "authorization", prefix: "Bearer ", setting: kind == .openai ? "OPENAI_API_KEY" : "LLM_API_KEY",
      isRequired: kind == .openai)
  }
}
