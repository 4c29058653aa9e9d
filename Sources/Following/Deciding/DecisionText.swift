import Market
import SQLite
import Store

extension CatalogueDecision {
  /// What `decision.detail` says.
  var detail: String {
    var text = DecisionText()
    switch self {
    case .addAsset(let listing): listing.write(to: &text)
    case .editAsset(let edit): edit.write(to: &text)
    case .addSeries(let series):
      text["asset"] = series.asset
      text.add("series", series.text)
      series.macro?.write(to: &text)
    case .addFeed(let feed):
      text["name"] = feed.name
      text["kind"] = feed.kind.rawValue
      text["group"] = feed.group
    case .removeSeries(let key), .resumeSeries(let key): text.add("series", key.text)
    case .removeAsset, .restoreAsset, .disableSource, .enableSource: break
    }
    return text.text
  }

  /// `nil` where it is about something else, or cannot be read.
  init?(kind: String, subject: String, detail: String) {
    let text = DecisionText(detail)
    switch kind {
    case "asset.add":
      guard let listing = Listing(symbol: subject, text) else { return nil }
      self = .addAsset(listing)
    case "asset.edit": self = .editAsset(AssetEdit(symbol: subject, text))
    case "asset.remove": self = .removeAsset(symbol: subject)
    case "asset.restore": self = .restoreAsset(symbol: subject)
    case "series.add":
      let (asset, macro) = (text["asset"], MacroSeries(text))
      guard let series = text["series"].flatMap({ SeriesDefinition($0, of: asset, macro) }) else { return nil }
      self = .addSeries(series)
    case "feed.add":
      self = .addFeed(
        FeedWish(
          address: subject, name: text["name"], kind: text["kind"].flatMap(FeedKind.init(rawValue:)) ?? .news,
          group: text["group"]))
    case "series.remove", "series.resume":
      guard let key = text["series"].flatMap(SeriesKey.init(text:)) else { return nil }
      self = kind == "series.remove" ? .removeSeries(key) : .resumeSeries(key)
    case "source.disable": self = .disableSource(ProviderName(subject))
    case "source.enable": self = .enableSource(ProviderName(subject))
    default: return nil
    }
  }
}

extension Listing {
  fileprivate func write(to text: inout DecisionText) {
    text["name"] = asset.name
    text["class"] = asset.assetClass.rawValue
    text["sector"] = sector
    text["currency"] = currency
    text["calendar"] = calendar?.rawValue
    for group in groups { text.add("group", group) }
    for symbol in formerSymbols { text.add("former_symbol", symbol) }
    for series in series { text.add("series", series.text) }
  }

  fileprivate init?(symbol: String, _ text: DecisionText) {
    guard let assetClass = text["class"].flatMap(AssetClass.init(rawValue:)) else { return nil }
    self.init(
      Asset(symbol: symbol, name: text["name"] ?? symbol, assetClass: assetClass), sector: text["sector"],
      currency: text["currency"], calendar: text["calendar"].flatMap(Calendar.init(rawValue:)),
      groups: text.all("group"), formerSymbols: text.all("former_symbol"),
      series: text.all("series").compactMap { SeriesDefinition($0, of: symbol) })
  }
}

extension AssetEdit {
  fileprivate func write(to text: inout DecisionText) {
    text["name"] = name
    text["sector"] = sector
    text["calendar"] = calendar?.rawValue
    text["preferred"] = preferred?.description
    for group in groups { text.add("group", group) }
    for group in leftGroups { text.add("left_group", group) }
    for (source, symbol) in symbols.sorted(by: { $0.key < $1.key }) { text.add("symbol", "\(source)\t\(symbol)") }
    for (name, value) in notes.sorted(by: { $0.key < $1.key }) { text.add("note", "\(name)\t\(value)") }
  }

  fileprivate init(symbol: String, _ text: DecisionText) {
    self.init(symbol: symbol)
    name = text["name"]
    sector = text["sector"]
    calendar = text["calendar"].flatMap(Calendar.init(rawValue:))
    preferred = text["preferred"].map { ProviderName($0) }
    groups = text.all("group")
    leftGroups = text.all("left_group")
    for (source, symbol) in text.all("symbol").compactMap(\.pair) { symbols[ProviderName(source)] = symbol }
    for (name, value) in text.all("note").compactMap(\.pair) { notes[name] = value }
  }
}

extension MacroSeries {
  fileprivate func write(to text: inout DecisionText) {
    text["title"] = title
    text["units"] = units
    text["frequency"] = frequency.rawValue
    text["release"] = release.map { "\($0)" }
  }

  fileprivate init?(_ text: DecisionText) {
    guard let frequency = text["frequency"].flatMap(Frequency.init(rawValue:)) else { return nil }
    self.init(
      title: text["title"] ?? "", units: text["units"], frequency: frequency,
      release: text["release"].flatMap { Int($0) })
  }
}

extension SeriesDefinition {
  /// Its key, then currency, basis, priority and whether it needs a key, with tabulators between them.
  fileprivate var text: String {
    [key.text, quoteCurrency ?? "", basis.rawValue, "\(priority)", needsKey ? "key" : ""].joined(separator: "\t")
  }

  fileprivate init?(_ text: String, of asset: String?, _ macro: MacroSeries? = nil) {
    let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 8, let key = SeriesKey(cells[..<4]), let basis = PriceBasis(rawValue: cells[5]),
      let priority = Int(cells[6]), priority >= 1
    else { return nil }
    self.init(
      key: key, asset: asset, quoteCurrency: cells[4].isEmpty ? nil : cells[4], priority: priority,
      needsKey: cells[7] == "key", basis: basis, macro: macro)
  }
}

extension SeriesKey {
  /// Source, kind, interval and symbol, with tabulators between them.
  fileprivate var text: String {
    [provider.description, dataset.rawValue, interval.rawValue, providerSymbol].joined(separator: "\t")
  }

  fileprivate init?(text: String) {
    self.init(text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)[...])
  }

  fileprivate init?(_ cells: ArraySlice<String>) {
    let cells = Array(cells)
    guard cells.count == 4, let dataset = Dataset(rawValue: cells[1]), let interval = Interval(rawValue: cells[2])
    else { return nil }
    self.init(dataset: dataset, provider: ProviderName(cells[0]), providerSymbol: cells[3], interval: interval)
  }
}

extension String {
  fileprivate var pair: (String, String)? {
    guard let tab = firstIndex(of: "\t") else { return nil }
    return (String(self[..<tab]), String(self[index(after: tab)...]))
  }
}
