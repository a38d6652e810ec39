import type en from './en.js';

export default {
  'image.act.block': 'Bloquer',
  'image.act.protect': 'Protéger',
  'image.act.unblock': 'Afficher de nouveau',
  'image.act.unprotect': 'Ne plus protéger',
  'image.actions': 'Ce que l’on peut faire',
  'image.addresses': 'Adresses',
  'image.addressesHint': 'Autres adresses qui sont cette image.',
  'image.anyway.block': 'Bloquer quand même',
  'image.anyway.unblock': 'Afficher quand même',
  'image.blockOf':
    '{source, select, publisher {Bloquée par le site lui-même} moderator {Bloquée par la modération} threshold {Bloquée par la règle} match {Bloquée parce qu’une personne a bloqué la même photo ailleurs} other {Bloquée}}\u202f: {reason}.',
  'image.blocks': 'Ce qui la bloque',
  'image.blocksNone': 'Rien ne la bloque.',
  'image.boundBy':
    '{by, select, site {Le site le dit} rules {D’après les règles d’adresses du site} bytes {Le fichier identique y a été trouvé} other {Rattachée}}',
  'image.caseLine':
    'Tour {round}\u202f: {status, select, open {ouvert} escalated {chez les responsables} other {{outcome, select, block {bloquée} keep {conservée} superseded {photo remplacée} merged {réunie à une autre image} other {clos}}}}',
  'image.cases': 'Dossiers',
  'image.casesNone': 'Aucun dossier.',
  'image.content':
    'Version {version}{now, select, yes { (actuelle)} other {}}{verdict, select, block {, bloquée par une personne} keep {, conservée par une personne} other {}}{announced, select, yes {, annoncée par le site} other {}}',
  'image.contents': 'Versions de la photo',
  'image.contentsNone': 'Son fichier n’a pas encore été examiné.',
  'image.followers':
    '{count, plural, one {# autre image est bloquée} other {# autres images sont bloquées}} parce que celle-ci l’est.',
  'image.matchLine':
    '{verdict, select, keep {Une personne a conservé} other {Une personne a bloqué}} {identical, select, yes {le fichier identique} other {une photo semblable (écart {distance} sur 256)}}{acting, select, yes {, et cela bloque celle-ci} other {}}.',
  'image.matches': 'La même photo ailleurs',
  'image.matchesNone': 'Personne n’a statué sur la même photo ailleurs.',
  'image.mergedInto': 'Elle fait désormais partie d’une autre image.',
  'image.mergedOpen': 'Ouvrir l’autre',
  'image.never': 'Jamais signalée\u202f: elle est affichée aux lecteurs.',
  'image.neverHint': 'Vous pouvez tout de même la bloquer ou la protéger.',
  'image.neverId':
    'Aucune image n’est connue ici sous cet identifiant. Cherchez son adresse pour la voir, la bloquer ou la protéger.',
  'image.note': 'Note',
  'image.noteHint': 'Pour l’équipe\u202f; les lecteurs ne la voient jamais.',
  'image.ownId': 'Identifiant du site\u202f:',
  'image.policyMissing': 'Choisissez la règle qu’elle enfreint.',
  'image.round':
    'Tour {round}\u202f: {reporters, plural, =0 {aucun lecteur compté} one {# lecteur} other {# lecteurs}}{notCounted, plural, =0 {} one {, # non compté} other {, # non comptés}}',
  'image.rounds': 'Signalements',
  'image.say.blocked': 'Masquée aux lecteurs ({reason}) depuis le {since}.',
  'image.say.protected': 'Elle est protégée\u202f: les signalements vont seulement dans la file.',
  'image.say.review':
    '{state, select, open {Un dossier attend une décision.} escalated {Un dossier est chez les responsables.} closed {Une décision a été prise.} other {Elle n’a pas de dossier.}}',
  'image.say.shown': 'Affichée aux lecteurs.',
  'image.say.unreviewed': 'Personne n’en a encore décidé.',
  'image.timeline': 'Ce qui s’est passé',
  'image.timelineMore': 'Afficher ce qui précède',
  'image.title': 'Image',
  'image.unknown': 'Aucune image n’a cet identifiant, ou elle appartient à un site qui n’est pas le vôtre.',
  'image.unknownGo': 'Chercher une autre image',
  'image.unmatched':
    '{why, select, not_looked_at {Son fichier n’a pas été examiné\u202f: rien à comparer.} size {La photo est trop petite pour être comparée.} quality {La photo est trop uniforme pour être comparée.} graphic {C’est un logo ou une image de remplacement\u202f: pas de comparaison.} other {Pas de comparaison.}}',
  'image.whyNot':
    '{why, select, kept_there {Conserver ne bloque jamais ailleurs.} kept_here {Une personne a conservé ce fichier ici.} protected {Cette image est protégée.} only_near {Une photo semblable ne fait que suggérer.} follows_another {Elle en suit déjà une autre.} not_yet {Cela ne saurait tarder.} other {}}',
  'image.will.block':
    'Les lecteurs ne la voient plus. Seule une décision de la modération l’affiche de nouveau.',
  'image.will.blockHidden': 'Les lecteurs ne la voient déjà plus\u202f: désormais, une personne en répond.',
  'image.will.closesCase': 'Le dossier qui attend une décision est clos par là.',
  'image.will.heldBy': '{who} y travaille en ce moment.',
  'image.will.needsLead': 'Son dossier est chez les responsables\u202f: seul un responsable peut le faire.',
  'image.will.protect':
    'Désormais, les signalements vont seulement dans la file\u202f: aucune règle ne la bloque, quoi que disent les lecteurs.',
  'image.will.protectLifts':
    '{count, plural, =0 {Aucun blocage n’est levé.} one {Le blocage dû à une règle ou à la même photo est levé.} other {# blocages dus à une règle ou à la même photo sont levés.}}',
  'image.will.shown': 'Les lecteurs la voient ensuite.',
  'image.will.stays': 'Elle reste masquée ensuite. Ce qui la bloque encore\u202f:',
  'image.will.staysPublisher': 'le blocage du site\u202f: lui seul le retire.',
  'image.will.staysModerator':
    'le blocage de la modération\u202f: «\u202fAfficher de nouveau\u202f» le retire.',
  'image.will.unblock':
    'C’est la décision de la conserver\u202f: ce que la modération, la règle ou la même photo a bloqué est levé\u202f; les signalements reçus ne comptent plus.',
  'image.will.unprotect': 'La règle l’examine de nouveau au prochain signalement.',
  'image.did.block': 'Bloquée.',
  'image.did.protect': 'Protégée.',
  'image.did.unblock':
    '{shown, select, yes {De nouveau affichée.} other {Levé\u202f; elle reste masquée\u202f: le site la bloque lui-même.}}',
  'image.did.unprotect': 'N’est plus protégée.',
  'image.undone': 'Annulé.',
  'images.all': 'Toutes',
  'images.badge':
    '{state, select, blocked {Bloquée\u202f: {reason}} visible {Affichée} protected {Protégée} open {En attente de décision} escalated {Chez les responsables} closed {Décidée} other {{state}}}',
  'images.empty.all': 'Aucune image n’a encore été signalée.',
  'images.empty.blocked': 'Aucune image n’est bloquée.',
  'images.empty.closed': 'Aucune image n’a encore fait l’objet d’une décision.',
  'images.empty.escalated': 'Rien chez les responsables.',
  'images.empty.follows': 'Aucune image ne suit celle-ci.',
  'images.empty.open': 'Aucune image n’attend de décision.',
  'images.empty.protected': 'Aucune image n’est protégée.',
  'images.empty.visible': 'Aucune image signalée n’est affichée.',
  'images.emptyHint': 'Cherchez ci-dessus n’importe quelle image, signalée ou non.',
  'images.follows': 'Bloquées parce qu’une autre image l’est',
  'images.list': 'Images',
  'images.more': 'Afficher la suite',
  'images.search': 'Trouver une image',
  'images.searchGo': 'Trouver',
  'images.searchHint': 'Son adresse, l’identifiant du site, ou un identifiant qui commence par img_',
  'images.site': 'De quel site',
  'images.siteNeeded': 'Une adresse ou un identifiant appartient à un site\u202f: choisissez lequel.',
  'images.state': 'Quelles images',
  'images.state.blocked': 'Bloquées',
  'images.state.closed': 'Décidées',
  'images.state.escalated': 'Chez les responsables',
  'images.state.open': 'En attente de décision',
  'images.state.protected': 'Protégées',
  'images.state.visible': 'Affichées',
  'images.understood':
    '{by, select, image {Une image de ce service} url {Une adresse} id {Un identifiant du site} other {}}',
  'page.images': 'Images',
} satisfies Record<keyof typeof en, string>;
