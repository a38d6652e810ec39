import type en from './en.js';

export default {
  'keys.about.publishable':
    'Para los navegadores, en las páginas del sitio. Cualquiera puede leerla; permite denunciar y preguntar, nada más.',
  'keys.about.secret':
    'Solo para los servidores del sitio. Bloquea, protege, vincula direcciones y denuncia en nombre de cualquier lector.',
  'keys.byOperator': 'el operador',
  'keys.enough':
    'Hay dos claves activas de este tipo, suficiente para reemplazar una. Revoque la que ya no se usa para crear otra.',
  'keys.isRevoked': 'Revocada',
  'keys.keep.publishable': 'Póngala en las páginas del sitio.',
  'keys.keep.secret':
    'Póngala en los servidores del sitio, nunca en una página. El secreto de firma es el mismo para todas las claves secretas del sitio.',
  'keys.kind.publishable': 'Clave publicable',
  'keys.kind.secret': 'Clave secreta',
  'keys.live': 'Activa',
  'keys.made': 'Una nueva clave',
  'keys.make.publishable': 'Crear una clave publicable',
  'keys.make.secret': 'Crear una clave secreta',
  'keys.name': 'Nombre de la nueva clave',
  'keys.nameHint': 'Para distinguir las claves; puede quedar vacío.',
  'keys.none': 'Aún no hay ninguna',
  'keys.noneHint': 'Cree una abajo. Se muestra una sola vez.',
  'keys.readerSecret': 'Secreto que firma los tokens de los lectores',
  'keys.revoke': 'Revocar',
  'keys.revoke.last':
    'Es la última activa de su tipo: cree otra antes, salvo que todo deba parar. No se puede deshacer.',
  'keys.revoke.other': 'La otra clave activa sigue funcionando. No se puede deshacer.',
  'keys.revoke.publishable':
    'Las páginas que aún la usan se detienen de inmediato: sus lectores no pueden denunciar ni ver lo bloqueado.',
  'keys.revoke.secret':
    'Los servidores que aún la usan son rechazados de inmediato: sin flujo de cambios, sin lista de bloqueo, sin bloqueos propios del sitio.',
  'keys.revokeTitle': '¿Revocar la clave que termina en {hint}?',
  'keys.revoked': 'La clave que termina en {hint} está revocada.',
  'keys.revokedSince': 'revocada',
  'keys.rotation': 'Cómo reemplazar una clave sin interrupción',
  'keys.rotation.hint':
    'De cada tipo puede haber dos activas a la vez. Solo se guarda una huella: una clave perdida se reemplaza, no se vuelve a leer.',
  'keys.rotation.make': 'Cree una segunda clave del mismo tipo: funcionan ambas.',
  'keys.rotation.revoke': 'Revoque la antigua.',
  'keys.rotation.use': 'Póngala donde esté la antigua y espere a que nada use la antigua, cachés incluidas.',
} satisfies Record<keyof typeof en, string>;
