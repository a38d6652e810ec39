import type en from './en.js';

export default {
  'automation.held':
    '{count, plural, =0 {Ningún caso está retenido.} one {Un caso está retenido y espera a un moderador.} other {# casos están retenidos y esperan a un moderador.}}',
  'automation.heldCases': 'Casos retenidos',
  'automation.heldLate': '{cases, number}, de ellos {late, number} desde hace más de una hora',
  'automation.hour': 'En la última hora',
  'automation.muted': 'Lectores silenciados',
  'automation.neverPauses': 'No se detiene nunca',
  'automation.notKnown': 'Aún no se sabe: se ha revisado demasiado poco',
  'automation.ofLimit': '{blocks, plural, one {# bloqueo} other {# bloqueos}} de {limit, number} como máximo',
  'automation.paused': 'El bloqueo automático está detenido.',
  'automation.pausedOn': 'El bloqueo automático está detenido en \u2068{site}\u2069.',
  'automation.perHour':
    '{blocks, plural, one {# bloqueo} other {# bloqueos}} por hora, según {upheld, plural, one {# bloqueo confirmado} other {# bloqueos confirmados}}',
  'automation.title': 'El bloqueo automático ahora',
  'automation.toHeld': 'Ver los casos retenidos',
  'automation.usual': 'Lo habitual',
  'automation.why':
    '{since, select, none {} other {Desde las {since}: }}{blocks, plural, one {se bloqueó # imagen} other {se bloquearon # imágenes}} en una hora, el límite es {limit, number}.',
} satisfies Record<keyof typeof en, string>;
