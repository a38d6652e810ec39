import type en from './en.js';

export default {
  'mutes.about':
    'Ce que ces lecteurs signalent est conservé et montré à la modération, sans compter. Ils n’en remarquent rien.',
  'mutes.ask': 'Sourdine',
  'mutes.by': 'Mis en sourdine par {who}',
  'mutes.byRule': 'Mis en sourdine par la règle, après des signalements infondés',
  'mutes.days': '{days, plural, one {# jour} other {# jours}}',
  'mutes.done': 'Le lecteur {number} est en sourdine.',
  'mutes.forever': 'jusqu’à ce qu’on la lève',
  'mutes.image': 'L’image dont il s’agissait',
  'mutes.kind.account': 'Compte',
  'mutes.kind.device': 'Appareil',
  'mutes.kind.named': 'Compte nommé par le site',
  'mutes.lift': 'Lever',
  'mutes.liftOf': 'Lever la sourdine du {when}',
  'mutes.liftText':
    'Ce que le lecteur signale dès lors compte à nouveau. Ce qui n’a pas compté entre-temps reste ainsi.',
  'mutes.liftTitle': 'Lever cette sourdine\u202f?',
  'mutes.lifted': 'La sourdine est levée.',
  'mutes.mute': 'Mettre ce lecteur en sourdine',
  'mutes.muted': 'En sourdine',
  'mutes.none': 'Personne n’est en sourdine',
  'mutes.noneHint':
    'Une ou un responsable met un lecteur en sourdine depuis un dossier, sous «\u202fQui a signalé\u202f». Avec «\u202fMettre en sourdine qui a tort à répétition\u202f», la règle le fait aussi. Ce que signale un lecteur en sourdine est conservé, ne compte pas, et il n’en remarque rien.',
  'mutes.note': 'Note',
  'mutes.noteHint': 'Pour les autres responsables\u202f; peut rester vide.',
  'mutes.record': 'justes\u202f: {upheld, number}, infondés\u202f: {dismissed, number}',
  'mutes.somebody': 'quelqu’un qui est parti',
  'mutes.time': 'Pour combien de temps',
  'mutes.title': 'Mettre le lecteur {number} en sourdine',
  'mutes.until': 'jusqu’au {until}',
  'mutes.untilLifted': 'jusqu’à ce qu’on la lève',
  'mutes.weight':
    '{kind, select, more {pèse {weight}\u202f: avait eu raison} less {pèse {weight}\u202f: avait eu tort} other {pèse {weight}}}',
  'mutes.will.count':
    'Tout ce qu’il signale dès maintenant sur ce site est conservé et montré à la modération, et ne compte pas.',
  'mutes.will.log':
    'C’est au journal sous votre nom. «\u202fLecteurs en sourdine\u202f» en tient la liste, et permet de la lever.',
  'mutes.will.notice': 'Il n’en remarque rien\u202f: la page le remercie comme avant.',
  'mutes.will.stays':
    'Ce qu’il a signalé avant reste en l’état, ici aussi\u202f: ce qui est bloqué le reste.',
} satisfies Record<keyof typeof en, string>;
