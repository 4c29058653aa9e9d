import Market
import Narrative

extension Setting {
  /// What is set about language models; without any of it rules write alone.
  static let ofModels: [Setting] = [
    Setting(
      name: "LLM_PROVIDER", fallback: nil,
      help: "A language model writes summaries too: openai, compatible (llama.cpp, LM Studio, vLLM), ollama."),
    Setting(name: "LLM_MODEL", fallback: nil, help: "The model, as its server calls it."),
    Setting(name: "LLM_BASE_URL", fallback: nil, help: "Where its server is, such as http://127.0.0.1:8080/v1."),
    Setting(name: "OPENAI_API_KEY", fallback: nil, help: "Key for OpenAI.", isSecret: true),
    Setting(
      name: "LLM_API_KEY", fallback: nil, help: "Key for any other server of a model; most want none.", isSecret: true),
    Setting(name: "LLM_LANGUAGE", fallback: "English", help: "The language in which a model writes."),
    Setting(name: "LLM_BUDGET_DAY", fallback: nil, help: "Most that models use in a day: 200k (tokens), 0.50 USD."),
    Setting(name: "LLM_BUDGET_RUN", fallback: nil, help: "Most that they use in one run."),
    Setting(
      name: "LLM_PRICES", fallback: nil,
      help: "Dollars for a million tokens: input=2,cached=0.1,output=10; behind a semicolon above=272000 and its own."),
    Setting(name: "LLM_CONCURRENCY", fallback: "2", help: "Questions to a model at the same time."),
    Setting(name: "LLM_MAX_OUTPUT", fallback: "2000", help: "Most tokens of an answer, thinking included."),
    Setting(
      name: "LLM_LOCAL_ONLY", fallback: "false", help: "`true` asks only models on this machine or a private network."),
  ]

  /// Where the servers of models are asked.
  static let placesOfModels = ModelSettings.usualProfiles.map { profile in
    Setting(
      name: "APPLIANCE_\(profile.name.settingName)_BASE_URL", fallback: profile.baseURL.isEmpty ? nil : profile.baseURL,
      help: "Where \(profile.title) is asked.")
  }
}
