import type en from './en.js';

export default {
  'account-by.anybody': 'alguien sin identificar',
  'account-by.operator': 'quien opera el servicio',
  'account-event.account-closed': 'La cuenta se cerró: sin sesión ni ficha.',
  'account-event.account-made': 'La cuenta se creó.',
  'account-event.account-opened': 'La cuenta se abrió de nuevo.',
  'account-event.admin-given': 'Ahora administra todos los sitios.',
  'account-event.admin-taken': 'Ya no administra.',
  'account-event.legal-given': 'Puede abrir lo sellado.',
  'account-event.legal-taken': 'Ya no puede abrir lo sellado.',
  'account-event.link-made':
    '{purpose, select, invitation {Se creó una invitación.} reset {Se creó un enlace para una contraseña nueva.} other {Se creó un enlace de un solo uso.}}',
  'account-event.link-used':
    '{purpose, select, invitation {Se aceptó la invitación.} reset {Se usó el enlace para una contraseña nueva.} other {Se usó un enlace de un solo uso.}}',
  'account-event.member-added': 'Se unió a {site}: {role}.',
  'account-event.member-changed': 'En {site} ahora: {role}.',
  'account-event.member-removed': 'Dejó {site}.',
  'account-event.password-changed': 'Se cambió la contraseña.',
  'account-event.password-right':
    'Se dio la contraseña correcta{times, select, none {} other { ({times} veces en una hora)}}; aún faltaba el segundo factor.',
  'account-event.recovery-code-used': 'Se usó un código de recuperación.',
  'account-event.recovery-codes-made': 'Se crearon códigos de recuperación nuevos.',
  'account-event.second-factor-removed': 'Se quitó el segundo factor.',
  'account-event.second-factor-set': 'Se configuró un segundo factor.',
  'account-event.session-ended':
    '{sessions, plural, one {Se cerró una sesión.} other {Se cerraron # sesiones.}}',
  'account-event.sign-in-failed':
    'No se pudo iniciar sesión{step, select, password {: contraseña errónea} code {: código erróneo} other {}}{times, select, none {} other { ({times} veces en una hora)}}.',
  'account-event.signed-in': 'Inició sesión.',
  'account-event.signed-out': 'Cerró sesión.',
  'account-event.token-made': 'Se creó una ficha para programas.',
  'account-event.token-revoked': 'Se revocó una ficha para programas.',
  'log.accounts': 'Cuentas y permisos',
  'log.by': 'Por {who}',
  'log.empty': 'El registro aún está vacío.',
  'log.emptyHint': 'Aquí se anota cada bloqueo, caso, decisión y protección, con quién y cuándo.',
  'log.more': 'Mostrar lo anterior',
  'log.new': '{count, plural, one {# entrada nueva} other {# entradas nuevas}}',
  'log.newMany': 'Más de {count} entradas nuevas',
  'log.newShow': 'Mostrar',
  'log.refresh': 'Mostrar lo nuevo',
  'log.site': 'Imágenes y casos',
  'log.tabs': 'Qué registro',
  'log.unknownAccount': 'Ninguna cuenta con esa dirección',
  'page.log': 'Registro',
} satisfies Record<keyof typeof en, string>;
