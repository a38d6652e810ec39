import type en from './en.js';

export default {
  'members.add': 'Ajouter un membre',
  'members.addGo': 'Ajouter',
  'members.addHint': 'Qui n’a pas encore de compte reçoit un lien, valable une heure, que vous transmettez.',
  'members.added': '{email} est membre.',
  'members.all': 'Toute l’équipe',
  'members.allSites': 'Tous les sites',
  'members.becomes.lead':
    'Cette personne pourra aussi décider des dossiers transmis aux responsables, annuler les décisions des autres, modifier la règle et gérer les membres et les webhooks.',
  'members.becomes.moderator':
    'Cette personne ne pourra plus qu’examiner\u202f: ni dossiers transmis aux responsables, ni règle, ni membres, ni webhooks.',
  'members.change': 'Changer le rôle',
  'members.changeTitle': 'Donner à {email} le rôle «\u202f{role}\u202f»\u202f?',
  'members.changed': '{email} a maintenant le rôle «\u202f{role}\u202f».',
  'members.closed': 'Fermé',
  'members.deed.clearFactor': 'Effacer le second facteur',
  'members.deed.clearFactor.text':
    'À faire seulement si vous êtes sûr de son identité\u202f: son seul mot de passe suffira ensuite. C’est consigné au journal.',
  'members.deed.clearFactor.title': 'Effacer le second facteur de {email}\u202f?',
  'members.deed.close': 'Fermer le compte',
  'members.deed.close.text':
    'Cette personne est déconnectée aussitôt et ses jetons prennent fin. Les dossiers qu’elle tenait sont libres. Le compte peut être rouvert\u202f; les jetons seront à refaire.',
  'members.deed.close.title': 'Fermer le compte de {email}\u202f?',
  'members.deed.endSessions': 'Mettre fin aux sessions',
  'members.deed.endSessions.text':
    'Toutes ses fenêtres demanderont de se reconnecter. Les jetons d’accès personnels restent.',
  'members.deed.endSessions.title': 'Déconnecter {email} partout\u202f?',
  'members.deed.invitation': 'Nouvelle invitation',
  'members.deed.invitation.text': 'Elle vous est montrée une fois, vaut une heure et annule la précédente.',
  'members.deed.invitation.title': 'Créer une nouvelle invitation pour {email}\u202f?',
  'members.deed.makeAdmin': 'Nommer administrateur',
  'members.deed.makeAdmin.text':
    'Cette personne pourra tout faire, sur tous les sites, et gérer tous les comptes.',
  'members.deed.makeAdmin.title': 'Nommer {email} administrateur\u202f?',
  'members.deed.open': 'Rouvrir le compte',
  'members.deed.open.text': 'Cette personne peut se reconnecter avec son mot de passe et retrouve ses rôles.',
  'members.deed.open.title': 'Rouvrir le compte de {email}\u202f?',
  'members.deed.reset': 'Lien de mot de passe',
  'members.deed.reset.text':
    'Il vous est montré une fois, vaut une heure et annule les liens précédents. L’utiliser met fin à ses sessions\u202f; le second facteur reste.',
  'members.deed.reset.title': 'Créer un lien de nouveau mot de passe pour {email}\u202f?',
  'members.deed.unmakeAdmin': 'Retirer l’administration',
  'members.deed.unmakeAdmin.text': 'Cette personne garde ses rôles sur les sites, et rien d’autre.',
  'members.deed.unmakeAdmin.title': 'Retirer à {email} le rôle d’administrateur\u202f?',
  'members.done': 'C’est fait\u202f: {email}.',
  'members.email': 'Adresse e-mail',
  'members.hasAccount': '{email} a déjà un compte.',
  'members.invite': 'Inviter quelqu’un',
  'members.inviteAgain': 'Nouvelle invitation',
  'members.inviteGo': 'Inviter',
  'members.inviteHint':
    'Crée un compte sans site. Pour rattacher quelqu’un à un site, ajoutez-le depuis ce site.',
  'members.invited': 'Invité, pas encore de mot de passe',
  'members.is.admin': 'Les administrateurs peuvent tout faire, sur tous les sites.',
  'members.is.lead':
    'Les responsables décident aussi des dossiers qu’on leur transmet, modifient la règle et gèrent les membres et les webhooks.',
  'members.is.moderator': 'Les modérateurs examinent les dossiers du site.',
  'members.lastSignIn': 'Dernière connexion',
  'members.legal': 'Ouvre ce qui est scellé',
  'members.link.invitation':
    'Transmettez ce lien à {email}. Il sert une fois, jusqu’à {until}, pour choisir un mot de passe.',
  'members.link.reset':
    'Transmettez ce lien à {email}. Il sert une fois, jusqu’à {until}. Le second facteur reste inchangé.',
  'members.linkName': 'Lien à usage unique pour {email}',
  'members.linkTitle.invitation': 'Invitation',
  'members.linkTitle.reset': 'Lien pour un nouveau mot de passe',
  'members.mailed': 'Un lien lui est aussi envoyé par e-mail\u202f; le premier utilisé annule l’autre.',
  'members.make.lead': 'Nommer responsable',
  'members.make.moderator': 'Nommer modérateur',
  'members.neverSignedIn': 'Jamais connecté',
  'members.noSecondFactor': 'Second facteur\u202f: non',
  'members.noSites': 'Membre d’aucun site',
  'members.none': 'Il n’y a pas encore de membre',
  'members.noneHint':
    'Ajoutez ceux qui examineront les images de ce site. Les administrateurs le peuvent sans être membres.',
  'members.ofSite': 'Membres du site',
  'members.remove': 'Retirer',
  'members.removeText':
    'Cette personne ne voit plus rien de ce site, aussitôt. Les dossiers qu’elle tenait sont libres pour les autres. Son compte et ses décisions restent.',
  'members.removeTitle': 'Retirer {email} de \u2068{site}\u2069\u202f?',
  'members.removed': '{email} n’est plus membre\u202f; ses dossiers sont libres.',
  'members.role': 'Rôle',
  'members.secondFactor': 'Second facteur\u202f: oui',
  'members.since': 'Membre depuis le',
  'members.wrongEmail': 'Doit être une adresse e-mail, comme amina@example.ma.',
  'members.you': 'Vous',
} satisfies Record<keyof typeof en, string>;
