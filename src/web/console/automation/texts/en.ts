export default {
  'automation.held':
    '{count, plural, =0 {No case is held.} one {One case is held and waits for a moderator.} other {# cases are held and wait for a moderator.}}',
  'automation.heldCases': 'Held cases',
  'automation.heldLate': '{cases, number}, of them {late, number} for over an hour',
  'automation.hour': 'In the last hour',
  'automation.muted': 'Muted readers',
  'automation.neverPauses': 'It never pauses',
  'automation.notKnown': 'Not known yet: too little was reviewed',
  'automation.ofLimit': '{blocks, number} of at most {limit, plural, one {# block} other {# blocks}}',
  'automation.paused': 'Automatic blocking is paused.',
  'automation.pausedOn': 'Automatic blocking is paused on \u2068{site}\u2069.',
  'automation.perHour':
    '{blocks, plural, one {# block} other {# blocks}} an hour, by {upheld, plural, one {# upheld block} other {# upheld blocks}}',
  'automation.title': 'Automatic blocking now',
  'automation.toHeld': 'Look at held cases',
  'automation.usual': 'Usual',
  'automation.why':
    '{since, select, none {} other {Since {since}: }}{blocks, plural, one {# image was} other {# images were}} blocked within an hour, the limit is {limit, number}.',
};
