/** Word lists: one entry per word, parts separated by a slash. */
const split = (text: string): string[][] =>
  text
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split('/'));

export interface Written {
  kanji: string;
  kana: string;
  romaji: string;
}

const written = (text: string): Written[] =>
  split(text).map(([kanji = '', kana = '', romaji = '']) => ({ kanji, kana, romaji }));

export const japaneseFamilyNames = written(`
  佐藤/サトウ/sato 鈴木/スズキ/suzuki 高橋/タカハシ/takahashi 田中/タナカ/tanaka 伊藤/イトウ/ito 渡辺/ワタナベ/watanabe
  山本/ヤマモト/yamamoto 中村/ナカムラ/nakamura 小林/コバヤシ/kobayashi 加藤/カトウ/kato 吉田/ヨシダ/yoshida
  山田/ヤマダ/yamada 佐々木/ササキ/sasaki 山口/ヤマグチ/yamaguchi 松本/マツモト/matsumoto 井上/イノウエ/inoue
  木村/キムラ/kimura 林/ハヤシ/hayashi 斎藤/サイトウ/saito 清水/シミズ/shimizu 山崎/ヤマザキ/yamazaki 森/モリ/mori
  池田/イケダ/ikeda 橋本/ハシモト/hashimoto 阿部/アベ/abe 石川/イシカワ/ishikawa 山下/ヤマシタ/yamashita
  中島/ナカジマ/nakajima 石井/イシイ/ishii 小川/オガワ/ogawa 前田/マエダ/maeda 岡田/オカダ/okada 長谷川/ハセガワ/hasegawa
  藤田/フジタ/fujita 後藤/ゴトウ/goto 近藤/コンドウ/kondo 村上/ムラカミ/murakami 遠藤/エンドウ/endo 青木/アオキ/aoki
  坂本/サカモト/sakamoto 福田/フクダ/fukuda 西村/ニシムラ/nishimura 太田/オオタ/ota 藤井/フジイ/fujii
`);

export const japaneseGivenNames = written(`
  太郎/タロウ/taro 健一/ケンイチ/kenichi 大輔/ダイスケ/daisuke 誠/マコト/makoto 直樹/ナオキ/naoki 翔太/ショウタ/shota
  拓也/タクヤ/takuya 健太/ケンタ/kenta 浩二/コウジ/koji 和也/カズヤ/kazuya 達也/タツヤ/tatsuya 亮/リョウ/ryo
  裕介/ユウスケ/yusuke 隆/タカシ/takashi 学/マナブ/manabu 悠斗/ユウト/yuto 蓮/レン/ren 大和/ヤマト/yamato
  花子/ハナコ/hanako 裕子/ユウコ/yuko 恵子/ケイコ/keiko 久美子/クミコ/kumiko 由美/ユミ/yumi 真由美/マユミ/mayumi
  陽子/ヨウコ/yoko 智子/トモコ/tomoko 明美/アケミ/akemi 愛/アイ/ai 美咲/ミサキ/misaki 彩/アヤ/aya 葵/アオイ/aoi
  結衣/ユイ/yui 千尋/チヒロ/chihiro さくら/サクラ/sakura 麻衣/マイ/mai 香織/カオリ/kaori
`);

export const latinFamilyNames = split(`
  Anderson Baker Bennett Brown Campbell Carter Clarke Cooper Davies Dubois Edwards Evans Fischer Foster García
  Hansen Hughes Jensen Johnson Kelly Larsen Lefèvre Martin Martínez Meyer Miller Moreau Morgan Müller Nguyen
  O'Brien O'Connor Park Patel Peterson Rossi Schmidt Schneider Silva Singh Smith Taylor Thompson Wagner Weber Wilson Wright Young
`).flat();

export const latinGivenNames = split(`
  Adam Alice Amélie Anna Benjamin Carlos Charlotte Chloé Daniel David Elena Emily Emma Ethan Felix Grace Hannah
  Henry Isabella Jack James Jürgen Julia Kevin Laura Liam Lucas Maria Mateo Mia Michael Noah Olivia Oscar Paul
  Priya Rachel Robert Samuel Sarah Sofia Sophie Thomas Victoria William Zoë
`).flat();

/** Stem and its Latin form. */
export const japaneseCompanyStems = split(`
  さくら/sakura 富士見/fujimi 東都/toto 北斗/hokuto 大和田/owada 日之出/hinode 青葉/aoba 瑞穂台/mizuhodai 旭ヶ丘/asahigaoka
  双葉/futaba 千代川/chiyokawa 白鳥/shiratori 若葉/wakaba 光洋台/koyodai 三河屋/mikawaya 駿河/suruga 武蔵野/musashino
  みなと/minato 銀河/ginga 飛鳥井/asukai 松風/matsukaze 竹芝/takeshiba 梅園/umezono 海鳴/uminari 空知/sorachi 雪村/yukimura
  花巻/hanamaki 月岡/tsukioka 星野台/hoshinodai 桐生川/kiryugawa 柏木/kashiwagi 槇村/makimura 椿山/tsubakiyama 鶴見川/tsurumigawa
`);

/** Trade, its Latin form and the industry's code. */
export const japaneseTrades = split(`
  工業/industries/18 電機/electric/6 製作所/works/18 商事/trading/32 システムズ/systems/11 食品/foods/17 物流/logistics/29
  建設/construction/5 不動産/realty/24 化学/chemical/25 薬品/pharma/25 印刷/printing/3 ソフトウェア/software/11 保険サービス/insurance/20
  機械/machinery/18 出版/publishing/3 精密/precision/18 エネルギー/energy/30
`);

export const latinCompanyStems = split(`
  Alpine Aurora Bluewater Brightside Cascade Cedarwood Coho Crestline Fabrikam Fourth Granite Harbor Highland
  Ironbridge Juniper Keystone Lakeshore Litware Meridian Northwind Oakfield Orchard Pinecrest Redstone Riverside
  Silverline Summit Tailspin Trailhead Wingtip Woodgrove Zenith
`).flat();

export const latinTrades = split(`
  Foods/17 Systems/11 Logistics/29 Partners/6 Traders/32 Energy/30 Health/19 Robotics/18 Publishing/3 Insurance/20
  Software/11 Realty/24 Toys/32 Consulting/9 Analytics/11 Outfitters/32
`);

/** Postal code start, prefecture, city, area code. */
export const japanesePlaces = split(`
  100/東京都/千代田区丸の内/03 150/東京都/渋谷区神南/03 160/東京都/新宿区西新宿/03 108/東京都/港区芝浦/03 141/東京都/品川区大崎/03
  220/神奈川県/横浜市西区みなとみらい/045 210/神奈川県/川崎市川崎区駅前本町/044 330/埼玉県/さいたま市大宮区桜木町/048
  260/千葉県/千葉市中央区新町/043 530/大阪府/大阪市北区梅田/06 541/大阪府/大阪市中央区本町/06 600/京都府/京都市下京区四条通/075
  650/兵庫県/神戸市中央区三宮町/078 450/愛知県/名古屋市中村区名駅/052 420/静岡県/静岡市葵区追手町/054 060/北海道/札幌市中央区大通西/011
  980/宮城県/仙台市青葉区中央/022 730/広島県/広島市中区紙屋町/082 810/福岡県/福岡市中央区天神/092 900/沖縄県/那覇市久茂地/098
`);

/** Postal code, state, city, country, telephone prefix, street; underscores stand for blanks. */
export const latinPlaces = split(`
  98052/WA/Redmond/United_States/+1_425-555-/Lake_View_Drive 10001/NY/New_York/United_States/+1_212-555-/West_29th_Street
  60601/IL/Chicago/United_States/+1_312-555-/North_State_Street 94105/CA/San_Francisco/United_States/+1_415-555-/Folsom_Street
  M5V_2T6/ON/Toronto/Canada/+1_416-555-/Wellington_Street EC2A_4BX/England/London/United_Kingdom/+44_20_7946_/Curtain_Road
  M1_1AE/England/Manchester/United_Kingdom/+44_161_496_/Piccadilly 10115/Berlin/Berlin/Germany/+49_30_2312_5/Chausseestraße
  80331/Bayern/München/Germany/+49_89_9998_2/Sendlinger_Straße 75008/Île-de-France/Paris/France/+33_1_99_00_/Rue_de_la_Boétie
  28013/Madrid/Madrid/Spain/+34_910_55_/Calle_del_Arenal 2000/NSW/Sydney/Australia/+61_2_5550_/George_Street
`).map((parts) => parts.map((part) => part.replaceAll('_', ' ')));

/** Japanese and English. */
export const jobTitles = split(`
  代表取締役/CEO 営業部長/Sales_Director マーケティング部長/Marketing_Director 課長/Manager 係長/Team_Lead 主任/Senior_Specialist
  情報システム部長/IT_Director 購買担当/Purchasing_Agent 経理課長/Finance_Manager 企画担当/Planner 工場長/Plant_Manager
  店長/Store_Manager 研究員/Researcher 広報担当/PR_Specialist 人事課長/HR_Manager エンジニア/Engineer
`).map((parts) => parts.map((part) => part.replaceAll('_', ' ')));

export const departments = split(`
  営業部/Sales マーケティング部/Marketing 情報システム部/IT 購買部/Purchasing 経理部/Finance 経営企画室/Strategy 製造部/Production 人事部/HR
`);

export const products = split(`
  在庫管理システム/Inventory_Suite 顧客分析基盤/Customer_Insights 保守契約/Support_Contract 生産設備/Production_Line
  クラウド移行/Cloud_Migration セキュリティ診断/Security_Audit 倉庫自動化/Warehouse_Automation 会員アプリ/Loyalty_App
  研修パッケージ/Training_Package 帳票電子化/Paperless_Office
`).map((parts) => parts.map((part) => part.replaceAll('_', ' ')));
