import type en from './en.js';

export default {
  'defect.again': 'Recharger la page',
  'defect.short': 'Une erreur s’est produite ici. Rechargez la page si cela ne fonctionne pas.',
  'defect.text':
    'Une partie de la console a échoué. Rien n’est perdu sur le serveur\u202f; ce qui était saisi sur cette page l’est.',
  'defect.title': 'Cette page a échoué',
  'key.ctrl': 'Ctrl',
  'key.enter': 'Entrée',
  'key.escape': 'Échap',
  'key.shift': 'Maj',
  'key.space': 'Espace',
  'palette.image': 'Chercher l’image «\u202f\u2068{search}\u2069\u202f»',
  'palette.images': 'Images',
  'palette.nothing': 'Rien ne porte ce nom.',
  'palette.open': 'Recherche et commandes',
  'palette.search': 'Une commande, une page ou l’adresse d’une image',
  'palette.short': 'Rechercher',
  'palette.site': 'N’afficher que \u2068{name}\u2069',
  'palette.title': 'Commandes',
  'problem.case-conflict': 'Le dossier a changé entre-temps. Regardez-le tel qu’il est.',
  'problem.conflict': 'Ce n’est pas possible dans l’état actuel. Rechargez la page.',
  'problem.forbidden': 'Vous n’avez pas le droit de faire cela.',
  'problem.gone': 'Cela n’est plus là.',
  'problem.internal': 'Le service a échoué. Réessayez\u202f; prévenez les exploitants si cela persiste.',
  'problem.invalid': 'Une valeur n’est pas valable. Vérifiez votre saisie.',
  'problem.not-found': 'Cela n’existe pas, ou plus.',
  'problem.rate-limited': 'Trop de tentatives. Attendez un moment, puis réessayez.',
  'problem.said': 'Ce qu’a répondu le service',
  'problem.timeout': 'Cela a pris trop de temps. Réessayez.',
  'problem.too-large': 'C’est trop à la fois.',
  'problem.unauthenticated': 'Votre session est terminée.',
  'problem.unavailable': 'Le service ne le peut pas pour l’instant. Réessayez dans un moment.',
  'problem.why.account-changed': 'Votre compte a été modifié entre-temps\u202f: réessayez.',
  'problem.why.account-closed': 'Ce compte est fermé. Un administrateur peut le rouvrir.',
  'problem.why.endpoint-disabled': 'Ce point de réception est désactivé\u202f: activez-le d’abord.',
  'problem.why.escalated': 'Ce dossier est chez les responsables du site\u202f: eux seuls en décident.',
  'problem.why.foreign-page':
    'Le service ne connaît pas cette adresse comme la sienne. Ouvrez-le à son adresse\u202f; les exploitants la règlent avec PUBLIC_URL.',
  'problem.why.has-account':
    'Un compte existe déjà à cette adresse\u202f: donnez-lui ces droits dans la liste.',
  'problem.why.has-password':
    '{email} a déjà un mot de passe. Un administrateur peut créer un lien pour en choisir un autre.',
  'problem.why.has-second-factor': 'Un second facteur a été configuré entre-temps. Rechargez la page.',
  'problem.why.job-done': 'Cette tâche est faite\u202f: il n’y a rien à relancer.',
  'problem.why.last-admin': 'C’est le dernier administrateur\u202f: nommez-en d’abord un autre.',
  'problem.why.last-lead':
    'C’est le dernier responsable du site\u202f: nommez d’abord quelqu’un d’autre responsable.',
  'problem.why.merged': 'Trop tard pour annuler\u202f: cette image fait désormais partie d’une autre.',
  'problem.why.needs-admin':
    'Seul un administrateur peut faire cela pour ce compte\u202f: adressez-vous à l’un d’eux.',
  'problem.why.newer-case':
    'Trop tard pour annuler\u202f: l’image a été signalée de nouveau, et un dossier plus récent attend une décision.',
  'problem.why.newer-content': 'Trop tard pour annuler\u202f: la photo a été remplacée depuis.',
  'problem.why.no-password':
    'Cette personne n’a pas encore de mot de passe\u202f: créez plutôt une invitation.',
  'problem.why.not-latest': 'Trop tard pour annuler\u202f: une décision plus récente porte sur cette image.',
  'problem.why.not-yours':
    'Vous pouvez annuler vos propres décisions\u202f; celles des autres, seuls les responsables du site le peuvent.',
  'problem.why.operator-only':
    'Cette personne peut ouvrir ce qui est scellé\u202f: seul l’exploitant du service peut faire cela.',
  'problem.why.other-role':
    'Cette personne est déjà membre du site, avec un autre rôle\u202f: changez-le dans la liste.',
  'problem.why.other-session': 'Cette page date d’une session précédente\u202f: rechargez-la.',
  'problem.why.own-account': 'C’est votre propre compte\u202f: un autre administrateur doit s’en charger.',
  'problem.why.own-link': 'C’est votre propre compte\u202f: changez plutôt votre mot de passe.',
  'problem.why.password-changed': 'Votre mot de passe a été changé entre-temps\u202f: reconnectez-vous.',
  'problem.why.rule-changed':
    'Quelqu’un a changé la règle entre-temps. Regardez-la telle qu’elle est, puis réessayez.',
  'problem.why.second-factor-required':
    'Ici, chacun a besoin d’un second facteur\u202f: il peut passer à une autre application, pas être retiré.',
  'problem.why.set-up-over': 'Le délai pour le configurer est passé\u202f: recommencez.',
  'problem.why.signed-in': 'La connexion est déjà faite\u202f: rechargez la page.',
  'problem.why.slug-taken': 'Un autre site porte déjà ce nom court\u202f: choisissez-en un autre.',
  'problem.why.too-long-to-count':
    'Le calcul a pris trop de temps\u202f: choisissez une période plus courte.',
  'problem.why.too-many-endpoints':
    'Le site a déjà {most, plural, one {# point} other {# points}} de réception\u202f: supprimez-en un d’abord.',
  'problem.why.too-many-keys':
    'Le site a déjà assez de clés actives de ce type\u202f: révoquez celle qui ne sert plus.',
  'problem.why.too-much-to-play':
    'Cette période compte trop de signalements pour y essayer la règle\u202f: choisissez-en une plus courte.',
  'problem.why.unknown-time-zone':
    'La base de données ne connaît pas le fuseau horaire du site\u202f: un administrateur peut en choisir un autre.',
  'shell.skip': 'Aller au contenu',
  'shortcuts.dimmed': 'Ce qui est grisé n’est pas possible maintenant.',
  'shortcuts.everywhere': 'Partout',
  'shortcuts.hint':
    'Les touches seules ne font rien pendant la saisie, dans une boîte de dialogue, ou avec Ctrl, Alt ou Méta.',
  'shortcuts.pages': 'Pages',
  'shortcuts.short': 'Raccourcis',
  'shortcuts.title': 'Raccourcis clavier',
  'theme.dark': 'Sombre',
  'theme.light': 'Clair',
  'theme.system': 'Système',
  'theme.title': 'Couleurs',
  'theme.toDark': 'Couleurs sombres',
  'theme.toLight': 'Couleurs claires',
} satisfies Record<keyof typeof en, string>;
