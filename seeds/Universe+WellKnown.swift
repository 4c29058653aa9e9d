import Market

extension Universe {
  /// Assets that a file may name: those that may be imported without saying what they are, and coins that are easily
  /// taken for another one.
  package static let wellKnown: [Asset] = {
    var assets = listings.map(\.asset)
    let named = coins.split(separator: "\n").map { line in
      let sides = line.split(separator: " ", maxSplits: 1).map(String.init)
      return Asset(symbol: sides[0], name: sides[sides.count - 1], assetClass: .crypto)
    }
    let bare = unlisted.flatMap { assetClass, symbols in
      symbols.split(separator: " ").map {
        Asset(symbol: String($0), name: String($0), assetClass: assetClass)
      }
    }
    var symbols = Set(assets.map(\.symbol))
    for asset in named + bare where symbols.insert(asset.symbol).inserted { assets.append(asset) }
    return assets
  }()

  /// What kind of thing a symbol is, for assets that are not followed and may be imported; `nil` where we cannot say.
  package static func assetClass(of symbol: String) -> AssetClass? { importable[symbol] }

  private static let importable: [String: AssetClass] = {
    let coins = ["LTC", "BCH", "DOT", "AVAX", "LINK"].map { ($0, AssetClass.crypto) }
    let others = unlisted.flatMap { assetClass, symbols in
      symbols.split(separator: " ").map { (String($0), assetClass) }
    }
    let listed = listings.map { ($0.asset.symbol, $0.asset.assetClass) }
    return Dictionary(listed + coins + others) { first, _ in first }
  }()

  private static let unlisted: [(AssetClass, String)] = [
    (.stock, "GOOG AIG AXP BA F PFE SNDK"),
    (.fund, "HYG SLV USO UNG EEM UVXY UUP TQQQ SOXL DIA"),
    (.commodity, "XAUUSD XAGUSD GOLD SILVER WTI BRENT"),
  ]

  private static let coins = """
    LTC Litecoin
    BCH Bitcoin Cash
    BSV Bitcoin SV
    BTG Bitcoin Gold
    WBTC Wrapped Bitcoin
    CBBTC Coinbase Wrapped BTC
    TBTC tBTC
    BTCB Bitcoin BEP2
    RENBTC renBTC
    HBTC Huobi BTC
    LBTC Lombard Staked BTC
    SOLVBTC Solv BTC
    BTCST BTC Standard Hashrate Token
    BTT BitTorrent
    BTCDOM Bitcoin Dominance
    WETH Wrapped Ether
    STETH Lido Staked Ether
    WSTETH Wrapped stETH
    RETH Rocket Pool ETH
    CBETH Coinbase Wrapped Staked ETH
    WBETH Wrapped Beacon ETH
    WEETH Wrapped eETH
    EZETH Renzo Restaked ETH
    METH Mantle Staked Ether
    BETH Binance Staked ETH
    ETH2 Staked Ether
    ETC Ethereum Classic
    ETHW EthereumPoW
    ETHFI ether.fi
    WBNB Wrapped BNB
    WSOL Wrapped SOL
    JITOSOL Jito Staked SOL
    MSOL Marinade Staked SOL
    BNSOL Binance Staked SOL
    DOT Polkadot
    AVAX Avalanche
    LINK Chainlink
    MATIC Polygon
    POL Polygon Ecosystem Token
    UNI Uniswap
    ATOM Cosmos
    XLM Stellar
    XMR Monero
    XTZ Tezos
    EOS EOS
    ALGO Algorand
    VET VeChain
    FIL Filecoin
    ICP Internet Computer
    NEAR NEAR Protocol
    APT Aptos
    SUI Sui
    ARB Arbitrum
    OP Optimism
    AAVE Aave
    MKR Maker
    CRV Curve DAO Token
    SNX Synthetix
    COMP Compound
    SHIB Shiba Inu
    PEPE Pepe
    FLOKI Floki
    BONK Bonk
    WIF dogwifhat
    TON Toncoin
    HBAR Hedera
    INJ Injective
    TIA Celestia
    SEI Sei
    RUNE THORChain
    FTM Fantom
    SAND The Sandbox
    MANA Decentraland
    AXS Axie Infinity
    GRT The Graph
    THETA Theta Network
    NEO NEO
    DASH Dash
    ZEC Zcash
    IOTA IOTA
    WAVES Waves
    LUNA Terra
    LUNC Terra Luna Classic
    STX Stacks
    KAS Kaspa
    HYPE Hyperliquid
    TAO Bittensor
    RENDER Render
    CAKE PancakeSwap
    CHZ Chiliz
    ENJ Enjin Coin
    BAT Basic Attention Token
    ZRX 0x
    OMG OMG Network
    PAXG PAX Gold
    XAUT Tether Gold
    """
}
