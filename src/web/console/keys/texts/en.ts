/** Texts of the page of keys. */
export default {
  'keys.about.publishable':
    'For browsers, in the pages of the site. Anybody may read it; it can report and ask, and nothing else.',
  'keys.about.secret':
    'For the site’s own servers alone. It blocks, protects, binds addresses and reports in any reader’s name.',
  'keys.byOperator': 'the operator',
  'keys.enough':
    'Two keys of this kind are live, which is enough to replace one. Revoke the one that is no longer used to make another.',
  'keys.isRevoked': 'Revoked',
  'keys.keep.publishable': 'Put it into the pages of the site.',
  'keys.keep.secret':
    'Put it on the site’s own servers, never into a page. The signing secret is the same for all secret keys of the site.',
  'keys.kind.publishable': 'Publishable key',
  'keys.kind.secret': 'Secret key',
  'keys.live': 'Live',
  'keys.made': 'A new key',
  'keys.make.publishable': 'Make a publishable key',
  'keys.make.secret': 'Make a secret key',
  'keys.name': 'Name of the new key',
  'keys.nameHint': 'To tell keys apart; may be empty.',
  'keys.none': 'There is none yet',
  'keys.noneHint': 'Make one below. It is shown once.',
  'keys.readerSecret': 'Secret that signs readers’ tokens',
  'keys.revoke': 'Revoke',
  'keys.revoke.last':
    'It is the last live one of its kind: make another first, unless all of this is to stop. It can not be taken back.',
  'keys.revoke.other': 'The other live key goes on working. This can not be taken back.',
  'keys.revoke.publishable':
    'Pages that still use it stop at once: their readers can neither report nor see what is blocked.',
  'keys.revoke.secret':
    'Servers that still use it are refused at once: no change feed, no block list, no blocks of the site’s own.',
  'keys.revokeTitle': 'Revoke the key that ends in {hint}?',
  'keys.revoked': 'The key that ends in {hint} is revoked.',
  'keys.revokedSince': 'revoked',
  'keys.rotation': 'How to replace a key without a gap',
  'keys.rotation.hint':
    'Of each kind two can be live at a time. Of keys only a hash is stored: a lost one is replaced, never read again.',
  'keys.rotation.make': 'Make a second key of the same kind: both work.',
  'keys.rotation.revoke': 'Revoke the old one.',
  'keys.rotation.use':
    'Put it everywhere the old one is, and wait until nothing uses the old one, caches too.',
};
