import type en from './en.js';

export default {
  'automation.held':
    '{count, plural, =0 {Aucun dossier n’est retenu.} one {Un dossier est retenu et attend un modérateur.} other {# dossiers sont retenus et attendent un modérateur.}}',
  'automation.heldCases': 'Dossiers retenus',
  'automation.heldLate': '{cases, number}, dont {late, number} depuis plus d’une heure',
  'automation.hour': 'Dans la dernière heure',
  'automation.muted': 'Lecteurs en sourdine',
  'automation.neverPauses': 'Il ne s’interrompt jamais',
  'automation.notKnown': 'Pas encore connu\u202f: trop peu a été examiné',
  'automation.ofLimit': '{blocks, plural, one {# blocage} other {# blocages}}, {limit, number} au plus',
  'automation.paused': 'Le blocage automatique est interrompu.',
  'automation.pausedOn': 'Le blocage automatique est interrompu sur \u2068{site}\u2069.',
  'automation.perHour':
    '{blocks, plural, one {# blocage} other {# blocages}} par heure, d’après {upheld, plural, one {# blocage confirmé} other {# blocages confirmés}}',
  'automation.title': 'Le blocage automatique en ce moment',
  'automation.toHeld': 'Voir les dossiers retenus',
  'automation.usual': 'Habituellement',
  'automation.why':
    '{since, select, none {} other {Depuis {since}\u202f: }}{blocks, plural, one {# image a été bloquée} other {# images ont été bloquées}} en une heure, la limite est de {limit, number}.',
} satisfies Record<keyof typeof en, string>;
