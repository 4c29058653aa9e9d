import Market

extension Universe {
  /// Assets that a file may name: those that may be imported without saying what they are, and coins that are easily
  /// taken for another one.
  package static let wellKnown: [Asset] = {
    var assets = catalogue.assets
    var symbols = Set(assets.map(\.symbol))
    func add(_ asset: Asset) {
      if symbols.insert(asset.symbol).inserted { assets.append(asset) }
    }
    for pair in coins.split(separator: "\n") {
      let sides = pair.split(separator: " ", maxSplits: 1).map(String.init)
      add(Asset(symbol: sides[0], name: sides[sides.count - 1], assetClass: .crypto))
    }
    for (symbol, assetClass) in classes.sorted(by: { $0.key < $1.key }) {
      add(Asset(symbol: symbol, name: symbol, assetClass: assetClass))
    }
    return assets
  }()

  private static let coins = """
    SOL Solana
    XRP Ripple
    ADA Cardano
    BNB Binance Coin
    DOGE Dogecoin
    TRX Tron
    USDT Tether
    USDC USD Coin
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
