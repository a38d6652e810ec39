import type en from './en.js';

export default {
  'account-by.anybody': 'une personne non identifiée',
  'account-by.operator': 'l’exploitant du service',
  'account-event.account-closed': 'Le compte a été fermé : plus de session ni de jeton.',
  'account-event.account-made': 'Le compte a été créé.',
  'account-event.account-opened': 'Le compte a été rouvert.',
  'account-event.admin-given': 'Administre désormais tous les sites.',
  'account-event.admin-taken': 'N’administre plus.',
  'account-event.legal-given': 'Peut ouvrir ce qui est scellé.',
  'account-event.legal-taken': 'Ne peut plus ouvrir ce qui est scellé.',
  'account-event.link-made':
    '{purpose, select, invitation {Une invitation a été créée.} reset {Un lien pour un nouveau mot de passe a été créé.} other {Un lien à usage unique a été créé.}}',
  'account-event.link-used':
    '{purpose, select, invitation {L’invitation a été acceptée.} reset {Le lien pour un nouveau mot de passe a servi.} other {Un lien à usage unique a servi.}}',
  'account-event.member-added': 'A rejoint {site} : {role}.',
  'account-event.member-changed': 'Sur {site} désormais : {role}.',
  'account-event.member-removed': 'A quitté {site}.',
  'account-event.password-changed': 'Le mot de passe a été changé.',
  'account-event.password-right':
    'Le bon mot de passe a été donné{times, select, none {} other { ({times} fois en une heure)}} ; le second facteur manquait encore.',
  'account-event.recovery-code-used': 'Un code de secours a servi.',
  'account-event.recovery-codes-made': 'De nouveaux codes de secours ont été créés.',
  'account-event.second-factor-removed': 'Le second facteur a été retiré.',
  'account-event.second-factor-set': 'Un second facteur a été installé.',
  'account-event.session-ended':
    '{sessions, plural, one {Une session a été fermée.} other {# sessions ont été fermées.}}',
  'account-event.sign-in-failed':
    'Échec de connexion{step, select, password { : mot de passe faux} code { : code faux} other {}}{times, select, none {} other { ({times} fois en une heure)}}.',
  'account-event.signed-in': 'Connexion.',
  'account-event.signed-out': 'Déconnexion.',
  'account-event.token-made': 'Un jeton pour programmes a été créé.',
  'account-event.token-revoked': 'Un jeton pour programmes a été révoqué.',
  'log.accounts': 'Comptes et droits',
  'log.by': 'Par {who}',
  'log.empty': 'Le journal est encore vide.',
  'log.emptyHint': 'Chaque blocage, dossier, décision et protection y est inscrit, avec qui et quand.',
  'log.more': 'Afficher ce qui précède',
  'log.new': '{count, plural, one {# nouvelle entrée} other {# nouvelles entrées}}',
  'log.newMany': 'Plus de {count} nouvelles entrées',
  'log.newShow': 'Afficher',
  'log.refresh': 'Afficher les nouveautés',
  'log.site': 'Images et dossiers',
  'log.tabs': 'Quel journal',
  'log.unknownAccount': 'Aucun compte à cette adresse',
  'page.log': 'Journal',
} satisfies Record<keyof typeof en, string>;
