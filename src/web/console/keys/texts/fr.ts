import type en from './en.js';

export default {
  'keys.about.publishable':
    'Pour les navigateurs, dans les pages du site. Tout le monde peut la lire\u202f; elle permet de signaler et de demander, rien d’autre.',
  'keys.about.secret':
    'Pour les serveurs du site uniquement. Elle bloque, protège, relie des adresses et signale au nom de n’importe quel lecteur.',
  'keys.byOperator': 'l’exploitant',
  'keys.enough':
    'Deux clés de ce type sont actives, ce qui suffit pour en remplacer une. Révoquez celle qui ne sert plus pour en créer une autre.',
  'keys.isRevoked': 'Révoquée',
  'keys.keep.publishable': 'Mettez-la dans les pages du site.',
  'keys.keep.secret':
    'Mettez-la sur les serveurs du site, jamais dans une page. Le secret de signature est le même pour toutes les clés secrètes du site.',
  'keys.kind.publishable': 'Clé publiable',
  'keys.kind.secret': 'Clé secrète',
  'keys.live': 'Active',
  'keys.made': 'Une nouvelle clé',
  'keys.make.publishable': 'Créer une clé publiable',
  'keys.make.secret': 'Créer une clé secrète',
  'keys.name': 'Nom de la nouvelle clé',
  'keys.nameHint': 'Pour distinguer les clés\u202f; peut rester vide.',
  'keys.none': 'Il n’y en a pas encore',
  'keys.noneHint': 'Créez-en une ci-dessous. Elle s’affiche une seule fois.',
  'keys.readerSecret': 'Secret de signature des jetons des lecteurs',
  'keys.revoke': 'Révoquer',
  'keys.revoke.last':
    'C’est la dernière clé active de ce type\u202f: créez-en d’abord une autre, sauf si tout doit s’arrêter. C’est irréversible.',
  'keys.revoke.other': 'L’autre clé active continue de fonctionner. C’est irréversible.',
  'keys.revoke.publishable':
    'Les pages qui l’utilisent encore s’arrêtent aussitôt\u202f: leurs lecteurs ne peuvent plus signaler ni voir ce qui est bloqué.',
  'keys.revoke.secret':
    'Les serveurs qui l’utilisent encore sont refusés aussitôt\u202f: plus de flux de changements, de liste de blocage ni de blocages propres au site.',
  'keys.revokeTitle': 'Révoquer la clé qui finit par {hint}\u202f?',
  'keys.revoked': 'La clé qui finit par {hint} est révoquée.',
  'keys.revokedSince': 'révoquée',
  'keys.rotation': 'Remplacer une clé sans interruption',
  'keys.rotation.hint':
    'Deux clés de chaque type peuvent être actives à la fois. Seule une empreinte est conservée\u202f: une clé perdue se remplace, elle ne se relit pas.',
  'keys.rotation.make': 'Créez une deuxième clé du même type\u202f: les deux fonctionnent.',
  'keys.rotation.revoke': 'Révoquez l’ancienne.',
  'keys.rotation.use':
    'Mettez-la partout où est l’ancienne, et attendez que plus rien n’utilise l’ancienne, caches compris.',
} satisfies Record<keyof typeof en, string>;
