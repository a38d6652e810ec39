import type en from './en.js';

export default {
  'mutes.about':
    'Lo que denuncian estos lectores se guarda y se muestra a la moderación, y no cuenta. No notan nada.',
  'mutes.ask': 'Silenciar',
  'mutes.by': 'Silenciado por {who}',
  'mutes.byRule': 'Silenciado por la regla, tras denuncias desestimadas',
  'mutes.days': '{days, plural, one {# día} other {# días}}',
  'mutes.done': 'El lector {number} está silenciado.',
  'mutes.forever': 'hasta que se levante',
  'mutes.image': 'La imagen de la que se trataba',
  'mutes.kind.account': 'Cuenta',
  'mutes.kind.device': 'Dispositivo',
  'mutes.kind.named': 'Cuenta indicada por el sitio',
  'mutes.lift': 'Levantar',
  'mutes.liftOf': 'Levantar el silencio del {when}',
  'mutes.liftText':
    'Lo que el lector denuncie desde entonces vuelve a contar. Lo que no contó mientras tanto queda así.',
  'mutes.liftTitle': '¿Levantar este silencio?',
  'mutes.lifted': 'El silencio está levantado.',
  'mutes.mute': 'Silenciar a este lector',
  'mutes.muted': 'Silenciado',
  'mutes.none': 'Nadie está silenciado',
  'mutes.noneHint':
    'Un responsable silencia a un lector desde un caso, en «Quién denunció». Con «Silenciar a quien se equivoca una y otra vez» también lo hace la regla. Lo que denuncia un lector silenciado se guarda, no cuenta, y no nota nada.',
  'mutes.note': 'Nota',
  'mutes.noteHint': 'Para otros responsables; puede quedar vacía.',
  'mutes.record': 'acertadas: {upheld, number}, desestimadas: {dismissed, number}',
  'mutes.somebody': 'alguien que se fue',
  'mutes.time': 'Durante cuánto tiempo',
  'mutes.title': 'Silenciar al lector {number}',
  'mutes.until': 'hasta el {until}',
  'mutes.untilLifted': 'hasta que se levante',
  'mutes.weight':
    '{kind, select, more {pesa {weight}: acertó antes} less {pesa {weight}: se equivocó antes} other {pesa {weight}}}',
  'mutes.will.count':
    'Todo lo que denuncie en este sitio desde ahora se guarda y se muestra a la moderación, y no cuenta.',
  'mutes.will.log': 'Queda en el registro con su nombre. «Lectores silenciados» lo muestra, y lo levanta.',
  'mutes.will.notice': 'No nota nada: la página le da las gracias como antes.',
  'mutes.will.stays': 'Lo que denunció antes queda como está, también aquí: lo bloqueado sigue bloqueado.',
} satisfies Record<keyof typeof en, string>;
