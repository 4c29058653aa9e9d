import Market

/// The language model that a person set up, and how it may be used.
package struct ModelSettings: Sendable {
  /// How its server is spoken to.
  package enum Kind: String, CaseIterable, Sendable {
    case openai
    /// Any other server with OpenAI's chat completions: llama.cpp, LM Studio, vLLM, a proxy.
    case compatible
    /// Ollama's own server, by its OpenAI-compatible side.
    case ollama
  }

  package let kind: Kind
  /// As its server calls it; texts bear this name.
  package let model: String
  /// Where its server is, with the path before `/chat/completions`; `nil` for the usual place.
  package let base: String?
  /// In which language it writes.
  package let language: String
  package let dayLimit: SpendingLimit?
  package let runLimit: SpendingLimit?
  /// `nil` where nobody said what it costs.
  package let price: TokenPrice?
  /// Requests at the same time.
  package let concurrency: Int
  /// Tokens that an answer may take, thinking included.
  package let maxOutput: Int
  /// Whether only a server on this machine, or in a private network, may be asked.
  package let isLocalOnly: Bool

  /// What is set; `nil` where no model is: neither a provider nor an address.
  ///
  /// - Parameters:
  ///   - model: a model to be asked in place of the one that is set.
  ///   - lookup: the value of a setting; `nil` where it has none.
  /// - Throws: `ModelSettingFault` for what cannot be understood.
  package init?(model: String? = nil, _ lookup: (String) -> String?) throws(ModelSettingFault) {
    let (provider, base) = (lookup("LLM_PROVIDER"), lookup("LLM_BASE_URL"))
    guard provider != nil || base != nil else { return nil }
    kind = try ModelSettings.kind(provider)
    self.base = (base ?? (kind == .ollama ? "http://127.0.0.1:11434/v1" : nil)).map {
      $0.hasSuffix("/") ? String($0.dropLast()) : $0
    }
    guard let model = model ?? lookup("LLM_MODEL") else {
      throw ModelSettingFault(setting: "LLM_MODEL", fault: "name the model, as its server calls it")
    }
    guard model.count <= 200, model.contains(where: { !$0.isWhitespace }),
      !model.unicodeScalars.contains(where: { $0.value < 0x20 })
    else {
      throw ModelSettingFault(setting: "LLM_MODEL", fault: "it is no name of a model")
    }
    self.model = model
    language = try ModelSettings.language(lookup("LLM_LANGUAGE"))
    dayLimit = try ModelSettings.limit("LLM_BUDGET_DAY", lookup)
    runLimit = try ModelSettings.limit("LLM_BUDGET_RUN", lookup)
    price = try ModelSettings.read("LLM_PRICES", lookup, as: "dollars for a million tokens, input=2,output=10") {
      TokenPrice($0)
    }
    concurrency =
      try ModelSettings.read("LLM_CONCURRENCY", lookup, as: "a number from 1 to 32") {
        Int($0).flatMap { (1...32).contains($0) ? $0 : nil }
      } ?? 2
    maxOutput =
      try ModelSettings.read("LLM_MAX_OUTPUT", lookup, as: "a number of tokens from 50 to 100000") {
        Int($0).flatMap { (50...100_000).contains($0) ? $0 : nil }
      } ?? 2_000
    isLocalOnly = try ModelSettings.read("LLM_LOCAL_ONLY", lookup, as: "true or false", ModelSettings.flag) ?? false
    try checkMoney()
  }

  private func checkMoney() throws(ModelSettingFault) {
    for (name, limit) in [("LLM_BUDGET_DAY", dayLimit), ("LLM_BUDGET_RUN", runLimit)] {
      if case .money = limit, price == nil {
        throw ModelSettingFault(setting: name, fault: "it is money, and LLM_PRICES does not say what tokens cost")
      }
    }
  }

  private static func kind(_ text: String?) throws(ModelSettingFault) -> Kind {
    guard let text else { return .compatible }
    if let kind = Kind(rawValue: text.lowercased()) { return kind }
    let hint =
      text.lowercased() == "gemini"
      ? "; Gemini speaks it too: compatible, with https://generativelanguage.googleapis.com/v1beta/openai in LLM_BASE_URL"
      : ""
    throw ModelSettingFault(
      setting: "LLM_PROVIDER",
      fault: "it is none of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))\(hint)")
  }

  private static func language(_ text: String?) throws(ModelSettingFault) -> String {
    try read("LLM_LANGUAGE", { _ in text }, as: "the name of a language, such as German") { text in
      text.count <= 40 && text.allSatisfy { $0.isLetter || $0 == "-" || $0 == " " } ? text : nil
    } ?? "English"
  }

  private static func limit(_ name: String, _ lookup: (String) -> String?) throws(ModelSettingFault) -> SpendingLimit? {
    try read(name, lookup, as: "a number of tokens, or of dollars such as 0.50 USD") { SpendingLimit($0) }
  }

  private static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "yes", "on": true
    case "0", "false", "no", "off": false
    default: nil
    }
  }

  private static func read<T>(
    _ name: String, _ lookup: (String) -> String?, as form: String, _ reading: (String) -> T?
  ) throws(ModelSettingFault) -> T? {
    guard let text = lookup(name) else { return nil }
    guard let value = reading(text) else {
      throw ModelSettingFault(setting: name, fault: "'\(text.prefix(60))' is not \(form)")
    }
    return value
  }
}

/// What is wrong with a setting about models.
package struct ModelSettingFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The setting that is wrong.
  package let setting: String
  let fault: String

  /// The setting, and what is wrong with it.
  package var description: String { "\(setting): \(fault)" }
}
