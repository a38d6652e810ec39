import type en from './en.js';

export default {
  'actor.operator': 'l’exploitant du service',
  'actor.reader': 'un lecteur',
  'actor.rule': 'la règle{version, plural, =0 {} other {, version #}}',
  'actor.site': 'le site',
  'actor.staff': 'une personne partie depuis',
  'event.address.parted':
    '{count, plural, one {Une adresse montre} other {# adresses montrent}} désormais une autre photo\u202f: ce n’est plus cette image.',
  'event.addresses.bound':
    '{count, plural, one {Une adresse a rejoint} other {# adresses ont rejoint}} cette image{by, select, bytes {\u202f: le fichier est identique} other {}}.',
  'event.appeal.withdrawn': 'Le site a retiré sa contestation.',
  'event.block.added':
    '{source, select, publisher {Le site l’a bloquée aussi ({reason}).} moderator {La modération l’a bloquée aussi ({reason}).} threshold {Le seuil a été franchi aussi ({reason}).} match {Bloquée aussi ({reason})\u202f: la même photo a été bloquée ailleurs par une personne.} other {Bloquée aussi ({reason}).}}',
  'event.block.removed':
    '{source, select, publisher {Le site a retiré son blocage.} match {Le blocage qui suivait une autre image a pris fin.} moderator {Un blocage de la modération a pris fin.} threshold {Le blocage de la règle a pris fin.} other {Un blocage a pris fin.}}',
  'event.case.escalated': 'Transmise aux responsables{policy, select, none {} other { ({reason})}}.',
  'event.case.flagged':
    '{flag, select, support_withdrawn {Un lecteur a retiré un signalement qui comptait pour le blocage.} reporters_linked {Deux signalements venaient en fait d’une même personne.} bytes_replaced {La photo a été remplacée alors qu’elle était bloquée ou attendait une décision.} bytes_returned {Une photo déjà vue ici est revenue.} appealed {Le site demande un nouvel examen.} other {Marqué\u202f: {name}.}}',
  'event.case.held':
    'Retenue pour la modération au lieu d’être bloquée{by, select, breaker {\u202f: le blocage automatique était interrompu} signals {\u202f: les signalements semblent concertés} other {}}.',
  'event.case.opened':
    '{severe, select, yes {Un dossier urgent a été ouvert\u202f: le motif grave a été donné.} other {Un dossier a été ouvert{again, select, yes { de nouveau\u202f: signalée après avoir été conservée} other {}}.}}',
  'event.case.overdue':
    '{held, select, yes {Retenue depuis une heure, et personne n’a encore regardé.} other {En retard\u202f: personne n’a examiné ce blocage à temps.{count, plural, =0 {} other { Il a été levé.}}}}',
  'event.case.resolved':
    '{action, select, block {Décision\u202f: bloquer ({reason}).} keep {Décision\u202f: conserver. Elle peut être affichée et le compte repart de zéro.} superseded {Dossier clos\u202f: sa photo n’est plus là.} merged {Dossier clos\u202f: son image fait désormais partie d’une autre.} other {Dossier clos.}}',
  'event.content.announced': 'Le site a annoncé que la photo change.',
  'event.content.changed':
    'Une autre photo est arrivée (version {to}){announced, select, yes {, comme le site l’avait annoncé} other {}}{stays, select, yes {. Elle reste bloquée tant que personne ne l’a regardée} other {}}.',
  'event.decision.made':
    '{action, select, block {Décision hors dossier\u202f: bloquer ({reason}).} keep {Décision hors dossier\u202f: conserver.} other {Décision hors dossier.}}',
  'event.decision.undone':
    '{action, select, block {La décision de bloquer a été annulée.} keep {La décision de conserver a été annulée.} escalate {Reprise aux responsables.} other {Une décision a été annulée.}}',
  'event.image.appealed': 'Le site dit que l’image est légitime et demande un nouvel examen.',
  'event.image.blocked':
    'Bloquée\u202f: les lecteurs ne la voient plus ({reason}){source, select, match {. La même photo a été bloquée ailleurs par une personne} other {}}.',
  'event.image.merged': 'Une autre image a été réunie à celle-ci.',
  'event.image.reason-changed': 'Toujours bloquée, désormais pour un autre motif\u202f: {reason}.',
  'event.image.unblocked': 'De nouveau affichée\u202f: plus rien ne la bloque.',
  'event.protection.lifted': 'N’est plus protégée\u202f: la règle peut de nouveau la bloquer.',
  'event.protection.set':
    'Protégée\u202f: les signalements vont seulement dans la file{count, plural, =0 {} one {\u202f; un blocage a été levé} other {\u202f; # blocages ont été levés}}.',
  'event.reporter.muted':
    'Un lecteur de ce dossier a été mis en sourdine{by, select, rule { par la règle\u202f: ses derniers signalements ont tous été rejetés} other {}}. Ses prochains signalements ne comptent pas.',
  'event.reporter.unmuted':
    'La sourdine d’un lecteur de ce dossier a été levée{by, select, rule {\u202f: la décision dont elle venait a été annulée} other {}}.',
  'event.site.breaker':
    'Le blocage automatique a été interrompu\u202f: {blocks, plural, one {# image bloquée} other {# images bloquées}} en une heure, la limite est de {limit, number}.',
  'event.snapshot.deleted': 'Notre copie de la photo a été supprimée.',
  'event.snapshot.opened': 'La copie scellée de la photo a été ouverte.',
  'event.webhook.disabled':
    'Un point de réception de messages a été désactivé\u202f: {why, select, gone {il a dit ne plus exister} failing {il échoue depuis cinq jours} other {il échoue}}.',
  'evidence.after': 'Il n’est plus en vigueur.',
  'evidence.blocked':
    'Bloquée par la règle{version, plural, =0 {} other {, version #}}\u202f: {readers, plural, one {# lecteur} other {# lecteurs}}{by, select, severe { pour le motif grave} reason { pour un même motif} other {}}{unit, select, moment { en moins d’une minute} minute { en {span, plural, one {# minute} other {# minutes}}} hour { en {span, plural, one {# heure} other {# heures}}} day { en {span, plural, one {# jour} other {# jours}}} other {}}',
  'evidence.join': '{one}\u202f; {other}',
  'evidence.leftOut.budget':
    '{count, plural, one {# autre non compté} other {# autres non comptés}}\u202f: limite du lecteur',
  'evidence.leftOut.linked':
    '{count, plural, one {# autre non compté} other {# autres non comptés}}\u202f: second signalement d’une même personne',
  'evidence.leftOut.muted':
    '{count, plural, one {# autre non compté} other {# autres non comptés}}\u202f: en sourdine',
  'evidence.leftOut.network':
    '{count, plural, one {# autre non compté} other {# autres non comptés}}\u202f: même réseau',
  'evidence.leftOut.other': '{count, plural, one {# autre non compté} other {# autres non comptés}}',
  'evidence.leftOut.wide-network':
    '{count, plural, one {# autre non compté} other {# autres non comptés}}\u202f: réseau d’un même opérateur',
  'evidence.needed': '{count, plural, one {il en fallait #} other {il en fallait #}}',
  'evidence.setAside': '{count, plural, one {# autre mis de côté} other {# autres mis de côté}} ({signs})',
  'evidence.weight': 'ensemble ils pèsent {weight, number}',
  'hold.breaker':
    'Pas bloquée parce que le blocage automatique était interrompu\u202f: {blocks, plural, one {# image avait été bloquée} other {# images avaient été bloquées}} dans l’heure, la limite est de {limit, number}.{reporters, plural, =0 {} one { # lecteur l’a signalée, il en faut {needed, number}.} other { # lecteurs l’ont signalée, il en faut {needed, number}.}}',
  'hold.join': '{one}, {other}',
  'hold.sign.burst':
    '{votes, plural, one {# est arrivé} other {# sont arrivés}} d’un coup ({span} pour ce qui prend d’habitude {usualSpan})',
  'hold.sign.cohort':
    '{votes, plural, one {# vient} other {# viennent}} de lecteurs qui ont signalé ensemble d’autres images, à tort ou sans décision encore',
  'hold.sign.prolific':
    '{votes, plural, one {# vient d’un lecteur qui a} other {# viennent de lecteurs qui ont}} plusieurs signalements de ce genre',
  'hold.sign.newcomers':
    '{votes, plural, one {# vient d’un lecteur connu} other {# viennent de lecteurs connus}} depuis moins d’une heure ({share, number, percent} du total, d’habitude {usualShare, number, percent})',
  'hold.sign.same-comment': '{votes, number} ont les mêmes mots',
  'hold.signals':
    '{reporters, plural, one {# lecteur l’a signalée} other {# lecteurs l’ont signalée}}\u202f; {setAside, plural, one {# signalement a été mis de côté} other {# signalements ont été mis de côté}}\u202f: {signs}. {rest, plural, =0 {Aucun autre ne compte} one {Un autre compte} other {# autres comptent}}, il en faut {needed, number}.',
  'hold.since': 'Retenue\u202f:',
  'hold.span':
    '{unit, select, second {{span, plural, =0 {moins d’une seconde} one {# seconde} other {# secondes}}} minute {{span, plural, one {# minute} other {# minutes}}} other {{span, plural, one {# heure} other {# heures}}}}',
  'timeline.by': 'Par {who}',
  'timeline.case': 'Dossier',
  'timeline.empty': 'Il ne s’est encore rien passé.',
  'timeline.image': 'Image',
  'timeline.merged': 'Voir l’autre image',
  'timeline.note': 'Note\u202f:',
  'timeline.unknown': 'Événement que cette console ne connaît pas encore\u202f: {type}.',
} satisfies Record<keyof typeof en, string>;
