import Market

extension Universe {
  /// What kind of thing a symbol is, for assets that are not followed and may be imported; `nil` where we cannot say.
  package static func assetClass(of symbol: String) -> AssetClass? {
    catalogue.assets.first { $0.symbol == symbol }?.assetClass ?? classes[symbol]
  }

  static let classes: [String: AssetClass] = {
    let lists: [(AssetClass, String)] = [
      (.crypto, "BTC ETH SOL XRP ADA BNB DOGE TRX USDT USDC LTC BCH DOT AVAX LINK"),
      (
        .stock,
        """
        AAPL MSFT NVDA AMZN GOOGL GOOG META AVGO TSLA BRK-B LLY JPM V UNH XOM MA COST WMT PG JNJ HD ABBV NFLX BAC ORCL \
        CRM KO CVX MRK AMD PEP TMO CSCO ACN LIN MCD ADBE ABT WFC IBM GE PM CAT QCOM DIS TXN INTU VZ GS PLTR IONQ RGTI \
        QBTS QUBT QTUM EQIX DLR PLD REXR STAG CEG SMR OKLO CCJ BWXT VST LMT RTX NOC GD LHX KTOS AVAV NKE SBUX LULU CMG \
        TGT LOW BKNG MELI SMCI VRT ANET MU MRVL DELL TSM ASML ARM CRWV INTC AMAT SHOP SNOW CRWD DDOG NET UBER COIN AIG \
        AXP BA F PFE SNDK
        """
      ),
      (
        .fund,
        """
        SPY IVV VOO VTI QQQ VEA VUG VTV IEFA BND AGG IWF VGT IJH IJR VIG VWO IEMG VXUS GLD XLK RSP SCHD BNDX VO IWM \
        ITOT EFA TLT XLF SRVR INDS VNQ XLE ICLN NLR URA ITA HYG SLV USO UNG EEM UVXY UUP TQQQ SOXL DIA
        """
      ),
      (.commodity, "GC=F SI=F CL=F BZ=F NG=F HG=F XAUUSD XAGUSD GOLD SILVER WTI BRENT"),
    ]
    var classes: [String: AssetClass] = [:]
    for (assetClass, symbols) in lists {
      for symbol in symbols.split(whereSeparator: \.isWhitespace) { classes[String(symbol)] = assetClass }
    }
    return classes
  }()
}
