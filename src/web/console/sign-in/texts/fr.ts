import type en from './en.js';

export default {
  'common.wait': 'Trop de tentatives. Attendez un moment, puis réessayez.',
  'common.waitSeconds':
    'Trop de tentatives. Vous pourrez réessayer dans {seconds, plural, one {# seconde} many {# secondes} other {# secondes}}.',
  'forgot.noMail':
    'Aucun e-mail n’est envoyé d’ici. Adressez-vous à un administrateur de Vigie, qui peut vous remettre un lien.',
  'forgot.noMailCame':
    'Rien reçu\u202f? Regardez parmi les indésirables, ou adressez-vous à un administrateur de Vigie, qui peut vous remettre un lien.',
  'forgot.send': 'Demander un lien',
  'forgot.sent':
    'S’il existe un compte à cette adresse, un lien vient d’y être envoyé. Il est valable une heure.',
  'forgot.text':
    'Indiquez qui vous êtes. Si Vigie envoie ici des e-mails, vous recevez un lien pour choisir un nouveau mot de passe\u202f; sinon, un administrateur peut vous en remettre un.',
  'forgot.title': 'Mot de passe oublié',
  'password.caps': 'Verrouillage des majuscules activé.',
  'password.guessed':
    'C’est l’un des mots de passe que l’on essaie en premier\u202f: connu, répétitif, ou votre adresse. Choisissez-en un autre, par exemple quatre mots sans rapport entre eux.',
  'password.hideShort': 'Masquer',
  'password.hint':
    'Au moins {least} caractères. Plusieurs mots sont faciles à retenir et difficiles à deviner.',
  'password.missing': 'Saisissez le mot de passe.',
  'password.new': 'Nouveau mot de passe',
  'password.show': 'Afficher le mot de passe',
  'password.showShort': 'Afficher',
  'password.tooShort': 'Au moins {least} caractères.',
  'signIn.againText':
    'Votre session est terminée. Reconnectez-vous\u202f: ce que vous avez saisi est toujours là.',
  'signIn.againTitle': 'Se reconnecter',
  'signIn.back': 'Retour au mot de passe',
  'signIn.code': 'Code à six chiffres',
  'signIn.codeHint': 'Les six chiffres que votre application d’authentification affiche maintenant.',
  'signIn.codeMissing': 'Saisissez le code.',
  'signIn.codeTitle': 'Deuxième étape',
  'signIn.email': 'Adresse e-mail',
  'signIn.emailMissing': 'Saisissez l’adresse e-mail.',
  'signIn.enrolText':
    'Ici, chacun a besoin d’un second facteur. Configurez-le maintenant, c’est l’affaire d’une minute.',
  'signIn.enrolTitle': 'Configurer un second facteur',
  'signIn.forgot': 'Mot de passe oublié\u202f?',
  'signIn.go': 'Se connecter',
  'signIn.goOn': 'Continuer vers Vigie',
  'signIn.language': 'Langue',
  'signIn.leave': 'Quitter cette page et se reconnecter',
  'signIn.password': 'Mot de passe',
  'signIn.recoveryCode': 'Code de secours',
  'signIn.recoveryHint':
    'L’un de ceux que vous avez conservés en configurant le second facteur. Chacun ne sert qu’une fois.',
  'signIn.title': 'Se connecter à Vigie',
  'signIn.tookTooLong':
    'La deuxième étape a pris trop de temps. Saisissez de nouveau votre mot de passe, puis continuez.',
  'signIn.useApp': 'Utiliser l’application',
  'signIn.useRecovery': 'Utiliser un code de secours',
  'signIn.wrong': 'L’adresse e-mail ou le mot de passe n’est pas correct.',
  'signIn.wrongCode': 'Ce code est incorrect ou a déjà servi. Prenez le prochain que l’application affiche.',
  'signIn.wrongRecovery': 'Ce code de secours est incorrect ou a déjà servi.',
  'welcome.go': 'Définir le mot de passe et se connecter',
  'welcome.openAgain':
    'Cette page a besoin du lien entier. Ouvrez-le de nouveau depuis le message où vous l’avez reçu.',
  'welcome.over':
    'Ce lien n’est plus valable\u202f: il a servi, a été remplacé par un plus récent, ou est trop ancien.',
  'welcome.overWhat': 'Demandez-en un autre à la personne qui vous l’a remis.',
  'welcome.resetTitle': 'Choisir un nouveau mot de passe',
  'welcome.text': 'Choisissez un mot de passe pour',
  'welcome.title': 'Bienvenue sur Vigie',
  'welcome.toSignIn': 'Vers la page de connexion',
  'welcome.until': 'Le lien est valable jusqu’au {time}.',
} satisfies Record<keyof typeof en, string>;
