import { fold } from './fold.ts';

// ISO 3166-1: alpha-2 followed by alpha-3, and Kosovo's user-assigned code.
const codes = 'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE';

// What people write and ICU does not know; folded. Historic countries are left out: they have several successors.
const spoken: { readonly [name: string]: string } = {
  uk: 'GB', 'great britain': 'GB', england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', anglia: 'GB', szkocja: 'GB', 'zjednoczone krolestwo': 'GB', 'united kingdom of great britain and northern ireland': 'GB',
  'u.s.': 'US', 'u.s.a.': 'US', america: 'US', 'stany zjednoczone ameryki': 'US', ameryka: 'US', 'united states of america': 'US',
  'czech republic': 'CZ', 'republika czeska': 'CZ', 'rzeczpospolita polska': 'PL', rp: 'PL', 'republic of poland': 'PL', 'slovak republic': 'SK', 'republika slowacka': 'SK',
  holland: 'NL', 'the netherlands': 'NL', niderlandy: 'NL', 'south korea': 'KR', 'north korea': 'KP', 'republic of korea': 'KR', 'russian federation': 'RU', 'federacja rosyjska': 'RU',
  turkey: 'TR', 'ivory coast': 'CI', macedonia: 'MK', burma: 'MM', swaziland: 'SZ', 'cape verde': 'CV', brd: 'DE', rfn: 'DE', zea: 'AE', uae: 'AE', chrl: 'CN', 'viet nam': 'VN', bialorus: 'BY', 'republic of ireland': 'IE', el: 'GR',
};

const byName = new Map<string, string>();
for (const pair of codes.split(' ')) {
  const two = pair.slice(0, 2);
  byName.set(two.toLowerCase(), two);
  byName.set(pair.slice(2).toLowerCase(), two);
}
for (const language of ['en', 'pl', 'de', 'fr', 'es']) {
  for (const style of ['long', 'short'] as const) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none', style });
    for (const pair of codes.split(' ')) {
      const two = pair.slice(0, 2);
      const name = names.of(two);
      if (name !== undefined && !byName.has(fold(name))) byName.set(fold(name), two);
    }
  }
}
for (const [name, code] of Object.entries(spoken)) byName.set(name, code);

/**
 * ISO 3166-1 alpha-2 code of a country written as a code (two or three letters) or as its English, Polish, German,
 * French or Spanish name; case, diacritics and spaces do not count. null = no country of that name.
 */
export function countryCodeOf(text: string): string | null {
  const key = fold(text);
  return byName.get(key) ?? byName.get(key.replace(/[.,]/g, '').replace(/&/g, 'and')) ?? null;
}

/** Names of countries, folded, with their code; codes are not among them. */
export const countryNames: readonly (readonly [name: string, code: string])[] = [...byName].filter(([name]) => name.length > 3);
