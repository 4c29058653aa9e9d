import Market
import Pipeline
import Rendering
import SQLite
import Store
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What every command starts from: where it stands, what is set, and how it talks.
package struct CommandContext: Sendable {
  /// The flags that every command takes.
  package let options: GlobalOptions
  /// Where results and talk go.
  package let console: Console
  let settings: Settings
  /// What the time is, where no record says otherwise.
  package let clock: Clock
  /// What the program is made of.
  package let wiring: any Wiring
  /// Everybody who can be asked, in the order in which screens list them.
  package let providers: [any Provider]

  /// Reads settings.
  ///
  /// - Parameter wiring: what the program is made of; `nil` for what `main` handed over.
  package init(_ options: GlobalOptions, wiring: (any Wiring)? = nil) throws {
    self.options = options
    self.wiring = try wiring ?? Program.wiring()
    providers = self.wiring.providers
    console = Console(options)
    settings = try Settings(options, providers: providers.map(\.profile))
    clock = try settings.clock()
    if let fault = settings.fileFault { console.say("going on without the settings in it: \(fault.message)") }
  }

  /// What is known of each of them.
  package var profiles: [ProviderProfile] { providers.map(\.profile) }
  /// What the settings say is followed.
  var universe: Catalogue { wiring.universe(following: universeNames).catalogue }
  /// Whether the settings say that events are followed.
  package var followsEvents: Bool { universe.others.contains { $0.key.dataset == .eventItem } }
  private var universeNames: [String] {
    (settings[.universe] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
  }
  /// Of the appliance: `0.1.0`.
  package var version: String { wiring.version }
  /// Where the file is, or would be.
  package var databasePath: String { settings.path(.databasePath) }

  /// The file, for reading. A missing one ends the command with exit 10, one that an older appliance wrote with 7.
  package func reader() throws -> Store { try Store.reading(databasePath) }

  /// The same whatever schema it has, for what can be asked of any.
  func readerOfAnyAge() throws -> Store { try Store.readingOfAnyAge(databasePath) }

  /// The file, for reading, of a command that writes to it afterwards: one that an older appliance wrote is brought up to
  /// date first.
  package func reader(toWriteAs command: String) throws -> Store {
    do { return try reader() } catch StoreError.older {
      try writer(command: command).close()
      return try reader()
    }
  }

  /// The file, for reading; `nil` where there is none yet.
  ///
  /// - Parameter command: of one that writes to it afterwards, as above.
  package func readerIfThere(toWriteAs command: String? = nil) throws -> Store? {
    do { return try command.map { try reader(toWriteAs: $0) } ?? reader() } catch StoreError.noDatabase { return nil }
  }

  /// The file, for writing; made if it is not there, backed up before its schema is changed.
  package func writer(command: String) throws -> Store {
    try checkSettings()
    try settings.home.create()
    let backups = try backups(at: clock)
    sweep(backups)
    return try Store.writing(databasePath, command: command) { older in
      // What stands at an instant of its own, as a demo does, is backed up at that.
      var backups = backups
      backups.clock = try clock(of: older)
      let made = try backups.create()
      console.say("the record of an older appliance is brought up to date; as it was: \(made.name)")
    }
  }

  /// The file, for filling it with rows by the million; where there is none, a draft, which becomes the file by `finish`.
  func filler(command: String) throws -> (store: Store, finish: () throws -> Void) {
    guard try !Store.exists(databasePath) else {
      let store = try writer(command: command)
      return (
        store,
        {
          try store.checkFooting()
          store.close()
        }
      )
    }
    try checkSettings()
    try settings.home.create()
    let draft = try StoreDraft(databasePath, command: command)
    return (draft.store, { try draft.publish() })
  }

  /// Reads every setting that a run uses, so that a wrong one is told before anything is touched.
  private func checkSettings() throws {
    if let fault = settings.fileFault { throw fault }
    _ = (try backupInterval(), try verificationInterval(), try passphrase())
    if let unknown = wiring.universe(following: universeNames).unknown.first {
      let known = wiring.listings.flatMap { [$0.asset.symbol] + $0.groups }
      throw Failure(
        .usage, "UNIVERSE: '\(shown(unknown))' is no group and no asset\(meantText(unknown, among: known))")
    }
    _ = try RunLog.level(settings)
    _ = try RunLog.isJSON(settings)
    // What providers say of themselves needs no look, for which libcurl would have to be loaded.
    if settings.explicit(.baseURL) != nil || !movedAddresses.isEmpty { _ = try addresses() }
    _ = (
      try keys(), try pace(), try spacing(), try timeLimit(),
      try settings.flag(.csvBackup), try defaultDays(), try defaultInterval()
    )
  }

  /// The network, with the addresses, keys and pace that are set; like other programs it trusts the authorities of
  /// `SSL_CERT_FILE` where the environment names one.
  package func network(quotas: [QuotaState], at clock: Clock? = nil) throws -> any Network {
    wiring.network(
      NetworkOrder(
        profiles: askedProfiles, addresses: try addresses(), keys: try keys(), clock: clock ?? self.clock,
        quotas: quotas,
        pace: try pace(), spacing: try spacing(), version: version,
        authorities: Environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }))
  }

  /// Where some are to be asked, in place of what they say themselves.
  private var movedAddresses: [ProviderName: String] {
    var moved: [ProviderName: String] = [:]
    for profile in profiles {
      if let base = settings.explicit(.baseURL(of: profile)) { moved[profile.name] = base }
    }
    if let route = modelRoute { moved[route.profile.name] = route.moved }
    return moved
  }

  private func addresses() throws -> Addresses {
    let (asked, moved) = (askedProfiles, movedAddresses)
    do throws(AddressError) {
      return try Addresses(of: asked, everything: settings.explicit(.baseURL), moved: moved)
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }

  /// How long the requests that each provider is sent today take at the least, by the spacing that it wants; those on this
  /// machine want none.
  func leastSeconds(asking sources: [PlannedSource]) throws -> [(source: PlannedSource, seconds: Int64)] {
    let delay = try spacing() ?? .zero
    return try sources.filter { try isPaced($0.profile.name) }.map { source in
      let spacing = max(source.profile.politeness.spacing, delay)
      return (source, (spacing * max(0, source.requestsToday - 1)).components.seconds)
    }
  }

  /// Whether we space requests to a provider and ration them: not on this machine, unless it is wanted there too.
  func isPaced(_ provider: ProviderName) throws -> Bool {
    try pace() == .always || !addresses().isLoopback(provider)
  }

  /// Whether a provider is asked on this machine or in a private network.
  func isLocal(_ provider: ProviderName) throws -> Bool { try addresses().isInside(provider) }

  private func pace() throws -> HTTPTransport.Pace {
    let text = settings[.pace] ?? ""
    guard let pace = HTTPTransport.Pace(rawValue: text) else {
      throw Failure(.usage, "APPLIANCE_PACE: '\(text)' is neither always nor as-configured")
    }
    return pace
  }

  /// `INGEST_TIME_LIMIT`; `nil` for none.
  func timeLimit() throws -> Duration? {
    let text = settings[.timeLimit] ?? ""
    if text == "0" { return nil }
    guard let span = TimeSpan(argument: text) else {
      throw Failure(.usage, "INGEST_TIME_LIMIT: '\(text)' is no length of time; write it like 15m, or 0 for none")
    }
    return .seconds(span.seconds)
  }

  private func spacing() throws -> Duration? {
    guard let text = settings.explicit(.delay) else { return nil }
    guard let seconds = Double(text), seconds.isFinite, (0...3600).contains(seconds) else {
      throw Failure(.usage, "RATE_LIMIT_DELAY: '\(text)' is no number of seconds from 0 to 3600")
    }
    return .seconds(seconds)
  }
}
