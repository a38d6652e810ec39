/**
 * Well-known passwords of 12 and more characters: those among the 30,000 most common ones that zxcvbn 4.4.2 has (MIT; after Mark
 * Burnett's ten million passwords) which the patterns in known-password.ts do not find, and a passphrase that everybody knows.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  mailcreated5240 polniypizdec0211 sojdlg123aljg leavemealone ghjcnjgfhjkm sonyericsson ghhh47hj7649
  masterbating flvbybcnhfnjh 112233445566 finalfantasy ghbdtnrfrltkf websolutions chickenwing101 justinbieber
  contortionist masturbation pornographic newproject2004 needforspeed businessbabe masterbaiting
  maurolarastefy domainlock2005 momsanaladventure dkflbvbhjdbx hd764nw5d7e1vb1 dkflbvbhjdyf counterstrike
  vfvfvskfhfve fkmnthyfnbdf 23176djivanfros 1111111111zz whosyourdaddy fktrcfylhjdyf fktrcfylhjdbx
  010203040506 lost4815162342 102030405060 vanyarespekt combat123654 devilmaycry4 iseedeadpeople 89231243658s
  jamesbond007 4815162342lost 1234567890qw ghjcnjrdfibyj saun24865709 polniypizdec110211 ptybnxtvgbjy
  fucktheworld mevefalkcakk playstation3 31217221027711 zqjphsyf6ctifgu hedimaptfcor lhbjkjubz2957704
  andrewjackie networkingpe 12qw34er56ty christopher1 ingodwetrust installdevic digitalprodu minecraft123
  boy4u2ownnyc peanutbutter an83546921an13 olcrackmaster auckland2010 residentevil qawsedrftgyh 32615948worms
  nemvxyheqdd5oqxyxyzi avrillavigne fuckyoubitch massimiliano 41d8cd98f00b nhfdvfnjkju123 gjkysqgbpltw
  ticketmaster 01telemike01 p030710p$e4o stratocaster punksnotdead playstation2 fynfyfyfhbde ghjcnjqgfhjkm
  nightcrawler installsqlst frederiksberg sanfrancisco 89876065093rax ghjcnjgbpltw lytghjgtnhjdcr schoolgirlie
  iloveboobies seemnemaailm nhecsyfujkjdt qwaszxerdfcv antananarivu greenlantern passwordstandard corperfmonsy
  maprchem56458 warhammer40k morganstanley cjdthitycndj bltynbabrfwbz stinkyfinger iampurehaha2 gtnhjpfdjlcr
  59382113kevinp bpgjldsgjldthnf rfnthbyf1988 nhfycajhvths msorcloledbr stickdaddy77 specialinsta
  michaeljackson webuivalidat ilovemyfamily weihnachtsbau 014702580369 systemofadown vladimirovna
  amadeusptfcor websolutionssu mortalkombat paraklast1974 minnesota_hp nondriversig z1x2c3v4b5n6m7
  ghjnbdjcnjzybt thecakeisalie fktrcfylhjdf ontheoutside zcfvfzkexifz sonnenschein wazzkaprivet weihnachtsbaum
  correcthorsebatterystaple
  `
    .trim()
    .split(/\s+/),
);
