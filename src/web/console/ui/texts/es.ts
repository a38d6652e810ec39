import type en from './en.js';

export default {
  'actor.operator': 'quien opera el servicio',
  'actor.reader': 'un lector',
  'actor.rule': 'la regla{version, plural, =0 {} other {, versión #}}',
  'actor.site': 'el sitio',
  'actor.staff': 'alguien que ya no está',
  'event.address.parted':
    '{count, plural, one {Una dirección muestra} other {# direcciones muestran}} ahora otra foto: ya no es esta imagen.',
  'event.addresses.bound':
    '{count, plural, one {Una dirección pasó} other {# direcciones pasaron}} a ser de esta imagen{by, select, bytes {: el archivo es idéntico} other {}}.',
  'event.appeal.withdrawn': 'El sitio retiró su apelación.',
  'event.block.added':
    '{source, select, publisher {El sitio también la bloqueó ({reason}).} moderator {La moderación también la bloqueó ({reason}).} threshold {También se alcanzó el umbral ({reason}).} match {También bloqueada ({reason}): una persona bloqueó la misma foto en otro lugar.} other {También bloqueada ({reason}).}}',
  'event.block.removed':
    '{source, select, publisher {El sitio retiró su bloqueo.} match {Terminó el bloqueo que seguía a otra imagen.} moderator {Terminó un bloqueo de la moderación.} threshold {Terminó el bloqueo de la regla.} other {Terminó un bloqueo.}}',
  'event.case.escalated': 'Pasado a los responsables{policy, select, none {} other { ({reason})}}.',
  'event.case.flagged':
    '{flag, select, support_withdrawn {Un lector retiró una denuncia que contaba para el bloqueo.} reporters_linked {Dos denuncias resultaron ser de la misma persona.} bytes_replaced {La foto fue reemplazada mientras estaba bloqueada o esperaba una decisión.} bytes_returned {Volvió una foto que ya había estado aquí.} appealed {El sitio pide otra revisión.} other {Marcado: {name}.}}',
  'event.case.held':
    'Retenida para la moderación en vez de bloquearse{by, select, breaker {: el bloqueo automático estaba detenido} signals {: las denuncias parecen concertadas} other {}}.',
  'event.case.opened':
    '{severe, select, yes {Se abrió un caso urgente: alguien dio el motivo grave.} other {Se abrió un caso{again, select, yes { de nuevo: denunciada después de conservarla} other {}}.}}',
  'event.case.overdue':
    '{held, select, yes {Retenida desde hace una hora, y nadie ha mirado aún.} other {Atrasado: nadie revisó este bloqueo a tiempo.{count, plural, =0 {} other { Se levantó.}}}}',
  'event.case.resolved':
    '{action, select, block {Decisión: bloquear ({reason}).} keep {Decisión: conservar. Puede mostrarse y el recuento empieza de nuevo.} superseded {Caso cerrado: su foto ya no está.} merged {Caso cerrado: su imagen pasó a ser parte de otra.} other {Caso cerrado.}}',
  'event.content.announced': 'El sitio anunció que la foto cambia.',
  'event.content.changed':
    'Llegó otra foto (versión {to}){announced, select, yes {, como el sitio había anunciado} other {}}{stays, select, yes {. Sigue bloqueada hasta que alguien la mire} other {}}.',
  'event.decision.made':
    '{action, select, block {Decisión sin caso: bloquear ({reason}).} keep {Decisión sin caso: conservar.} other {Decisión sin caso.}}',
  'event.decision.undone':
    '{action, select, block {Se deshizo la decisión de bloquear.} keep {Se deshizo la decisión de conservar.} escalate {Retirado a los responsables.} other {Se deshizo una decisión.}}',
  'event.image.appealed': 'El sitio dice que la imagen es correcta y pide que se revise de nuevo.',
  'event.image.blocked':
    'Bloqueada: los lectores ya no la ven ({reason}){source, select, match {. Una persona bloqueó la misma foto en otro lugar} other {}}.',
  'event.image.merged': 'Otra imagen pasó a ser parte de esta.',
  'event.image.reason-changed': 'Sigue bloqueada, ahora por otro motivo: {reason}.',
  'event.image.unblocked': 'Se muestra de nuevo: ya nada la bloquea.',
  'event.protection.lifted': 'Ya no está protegida: la regla puede bloquearla de nuevo.',
  'event.protection.set':
    'Protegida: desde ahora las denuncias solo entran en la cola{count, plural, =0 {} one {; se levantó un bloqueo} other {; se levantaron # bloqueos}}.',
  'event.reporter.muted':
    'Se silenció a un lector de este caso{by, select, rule { por la regla: todas sus últimas denuncias se desestimaron} other {}}. Sus próximas denuncias no cuentan.',
  'event.reporter.unmuted':
    'Se dejó de silenciar a un lector de este caso{by, select, rule {: se deshizo la decisión que lo causó} other {}}.',
  'event.site.breaker':
    'El bloqueo automático se detuvo: {blocks, plural, one {# imagen bloqueada} other {# imágenes bloqueadas}} en una hora, el límite es {limit, number}.',
  'event.snapshot.deleted': 'Se borró nuestra copia de la foto.',
  'event.snapshot.opened': 'Se abrió la copia sellada de la foto.',
  'event.webhook.disabled':
    'Se desactivó un punto de recepción: {why, select, gone {dijo que ya no existe} failing {falló durante cinco días} other {falló}}.',
  'evidence.after': 'Ya no está en vigor.',
  'evidence.blocked':
    'Bloqueada por la regla{version, plural, =0 {} other {, versión #}}: {readers, plural, one {# lector} other {# lectores}}{by, select, severe { por el motivo grave} reason { por un mismo motivo} other {}}{unit, select, moment { en menos de un minuto} minute { en {span, plural, one {# minuto} other {# minutos}}} hour { en {span, plural, one {# hora} other {# horas}}} day { en {span, plural, one {# día} other {# días}}} other {}}',
  'evidence.join': '{one}; {other}',
  'evidence.leftOut.budget': '{count} más sin contar: límite del lector',
  'evidence.leftOut.linked': '{count} más sin contar: segunda denuncia de la misma persona',
  'evidence.leftOut.muted': '{count} más sin contar: silenciado',
  'evidence.leftOut.network': '{count} más sin contar: misma red',
  'evidence.leftOut.other': '{count} más sin contar',
  'evidence.leftOut.wide-network': '{count} más sin contar: red del mismo operador',
  'evidence.needed': '{count, plural, one {hacía falta #} other {hacían falta #}}',
  'evidence.setAside': '{count, plural, one {# más apartada} other {# más apartadas}} ({signs})',
  'evidence.weight': 'juntos pesan {weight, number}',
  'hold.breaker':
    'No se bloqueó porque el bloqueo automático estaba detenido: {blocks, plural, one {se había bloqueado # imagen} other {se habían bloqueado # imágenes}} en esa hora, el límite es {limit, number}.{reporters, plural, =0 {} one { La denunció # lector, hacen falta {needed, number}.} other { La denunciaron # lectores, hacen falta {needed, number}.}}',
  'hold.join': '{one}, {other}',
  'hold.sign.burst':
    '{votes, plural, one {# llegó} other {# llegaron}} de golpe ({span} para lo que suele tardar {usualSpan})',
  'hold.sign.cohort':
    '{votes, plural, one {# es} other {# son}} de lectores que denunciaron juntos otras imágenes, sin razón o aún sin decisión',
  'hold.sign.prolific':
    '{votes, plural, one {# es de un lector} other {# son de lectores}} con varias denuncias así',
  'hold.sign.newcomers':
    '{votes, plural, one {# es de un lector conocido} other {# son de lectores conocidos}} desde hace menos de una hora ({share, number, percent} del total, lo habitual es {usualShare, number, percent})',
  'hold.sign.same-comment': '{votes, number} tienen las mismas palabras',
  'hold.signals':
    'La {reporters, plural, one {denunció # lector} other {denunciaron # lectores}}; {setAside, plural, one {se apartó # denuncia} other {se apartaron # denuncias}}: {signs}. {rest, plural, =0 {No cuenta ninguna otra} one {Cuenta otra más} other {Cuentan otras #}}, hacen falta {needed, number}.',
  'hold.since': 'Retenida:',
  'hold.span':
    '{unit, select, second {{span, plural, =0 {menos de un segundo} one {# segundo} other {# segundos}}} minute {{span, plural, one {# minuto} other {# minutos}}} other {{span, plural, one {# hora} other {# horas}}}}',
  'timeline.by': 'Por {who}',
  'timeline.case': 'Caso',
  'timeline.empty': 'Aún no ha pasado nada.',
  'timeline.image': 'Imagen',
  'timeline.merged': 'Ver la otra imagen',
  'timeline.note': 'Nota:',
  'timeline.unknown': 'Algo que esta consola aún no conoce: {type}.',
} satisfies Record<keyof typeof en, string>;
