extension ModelSettings {
  /// One thing that can be set about models.
  package struct Described: Hashable, Sendable {
    package let name: String
    package let fallback: String?
    /// For people, in a line.
    package let help: String
    package let isSecret: Bool

    fileprivate init(_ name: String, _ help: String, or fallback: String? = nil, isSecret: Bool = false) {
      (self.name, self.fallback, self.help, self.isSecret) = (name, fallback, help, isSecret)
    }
  }

  /// Everything that can be set about them, in the order in which it is shown. Without any of it rules write alone.
  package static let described: [Described] = [
    Described(
      "LLM_PROVIDER", "A language model writes summaries too: openai, compatible (llama.cpp, LM Studio, vLLM), ollama."),
    Described("LLM_MODEL", "The model, as its server calls it."),
    Described("LLM_BASE_URL", "Where its server is, such as http://127.0.0.1:8080/v1."),
    Described("OPENAI_API_KEY", "Key for OpenAI.", isSecret: true),
    Described("LLM_API_KEY", "Key for any other server of a model; most want none.", isSecret: true),
    Described("LLM_LANGUAGE", "The language in which a model writes.", or: "English"),
    Described("LLM_BUDGET_DAY", "Most that models use in a day: 200k (tokens), 0.50 USD."),
    Described("LLM_BUDGET_RUN", "Most that they use in one run."),
    Described(
      "LLM_PRICES",
      "Dollars for a million tokens: input=2,cached=0.1,output=10; behind a semicolon above=272000 and its own."),
    Described("LLM_CONCURRENCY", "Questions to a model at the same time.", or: "2"),
    Described("LLM_MAX_OUTPUT", "Most tokens of an answer, thinking included.", or: "2000"),
    Described("LLM_LOCAL_ONLY", "`true` asks only models on this machine or a private network.", or: "false"),
  ]

  /// Where their servers are asked.
  package static let describedPlaces: [Described] = usualProfiles.map { profile in
    Described(
      "APPLIANCE_\(profile.name.settingName)_BASE_URL", "Where \(profile.title) is asked.",
      or: profile.baseURL.isEmpty ? nil : profile.baseURL)
  }
}
