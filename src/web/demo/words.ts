/** What the panel says. Numbers are those of the panel's own readers: the service tells nobody how many have reported. */
export interface Words {
  readonly title: string;
  readonly reader: (number: number) => string;
  readonly you: (number: number) => string;
  readonly change: string;
  readonly readers: string;
  readonly picture: string;
  readonly visible: string;
  readonly blocked: string;
  readonly own: (count: number) => string;
  readonly others: string;
  readonly moderator: string;
  readonly keep: string;
  readonly block: string;
  readonly undo: string;
  readonly restart: string;
  readonly language: string;
  readonly pageLanguage: string;
  readonly log: string;
  readonly became: (number: number) => string;
  readonly proves: (number: number) => string;
  readonly reported: (number: number) => string;
  readonly blockedBy: (count: number) => string;
  readonly blockedEarly: string;
  readonly notYet: (count: number) => string;
  /** Where one more would do, and the visitor has not. */
  readonly oneMore: string;
  readonly notYetAfterKeep: (count: number) => string;
  readonly notYetProtected: string;
  readonly tooMany: (minutes: number) => string;
  readonly refused: string;
  readonly kept: string;
  readonly nothingToKeep: string;
  readonly blockedByModerator: string;
  readonly blockedAlready: string;
  readonly undone: (blocked: boolean) => string;
  readonly nothingToUndo: string;
  readonly forgotten: string;
  readonly next: string;
}

const FRENCH_NUMBERS = [
  'Zéro',
  'Une',
  'Deux',
  'Trois',
  'Quatre',
  'Cinq',
  'Six',
  'Sept',
  'Huit',
  'Neuf',
  'Dix',
];
const frenchNumber = (count: number): string => FRENCH_NUMBERS[count] ?? String(count);

export const WORDS: Readonly<Record<'fr' | 'ar', Words>> = {
  fr: {
    title: 'Être un autre lecteur',
    reader: (number) => `Lecteur ${number}`,
    you: (number) => `Vous êtes le lecteur ${number}.`,
    change: 'Devenir un autre lecteur',
    readers: 'Vos lecteurs',
    picture: 'Image visée :',
    visible: 'visible',
    blocked: 'bloquée',
    own: (count) =>
      count === 0
        ? 'Aucun de vos lecteurs ne l’a signalée.'
        : count === 1
          ? 'Un de vos lecteurs l’a signalée.'
          : `${frenchNumber(count)} de vos lecteurs l’ont signalée.`,
    others: 'Quatre autres lecteurs la signalent',
    moderator: 'Le modérateur regarde l’image et',
    keep: 'la garde',
    block: 'la bloque',
    undo: 'se ravise',
    restart: 'Recommencer',
    language: 'Langue',
    pageLanguage: 'de la page',
    log: 'Ce qui s’est passé',
    became: (number) => `Vous êtes maintenant le lecteur ${number} : un autre navigateur, pour Vigie.`,
    proves: (number) => `Le lecteur ${number} résout un petit calcul, puis signale l’image…`,
    reported: (number) => `Le lecteur ${number} l’a signalée.`,
    blockedBy: (count) =>
      `${frenchNumber(count)} personnes différentes l’ont signalée : l’image est bloquée, sur toutes les pages.`,
    blockedEarly:
      'L’image est déjà bloquée : d’autres personnes l’avaient signalée avant, ou bien la raison donnée est la plus grave, qui bloque tout de suite.',
    notYet: (count) =>
      count === 1
        ? 'L’image reste visible : une personne ne suffit pas.'
        : `L’image reste visible : ${frenchNumber(count).toLowerCase()} personnes ne suffisent pas.`,
    oneMore: 'Il en manque une : signalez-la vous-même, avec le drapeau sur l’image.',
    notYetAfterKeep: (count) =>
      `L’image reste visible : un modérateur l’a gardée, il faut donc quinze personnes (ici, ${count}).`,
    notYetProtected:
      'L’image reste visible : la rédaction l’a protégée, ou un modérateur l’a gardée il y a moins d’une semaine.',
    tooMany: (minutes) =>
      `Vigie refuse pour l’instant : tous vos lecteurs partagent votre adresse, et un réseau n’obtient qu’un nombre limité d’appareils et de signalements. Réessayez dans ${minutes === 1 ? 'une minute' : `${minutes} minutes`}.`,
    refused: 'Vigie ne répond pas ou refuse ce signalement. Rechargez la page et réessayez.',
    kept: 'Le modérateur garde l’image : elle est visible. Le compte repart de zéro et, pendant une semaine, il faudra quinze personnes pour la bloquer.',
    nothingToKeep: 'Il n’y a rien à garder : l’image n’est ni bloquée, ni signalée.',
    blockedByModerator: 'Le modérateur bloque l’image : le nombre de signalements n’y change plus rien.',
    blockedAlready: 'Le modérateur l’avait déjà bloquée.',
    undone: (blocked) =>
      blocked
        ? 'Le modérateur revient sur sa décision : l’image est de nouveau bloquée.'
        : 'Le modérateur revient sur sa décision : l’image est visible.',
    nothingToUndo: 'Il n’y a pas de décision à annuler, ou des lecteurs se sont exprimés depuis.',
    forgotten: 'Vos lecteurs sont oubliés. L’image garde son histoire :',
    next: 'essayez-en une autre',
  },
  ar: {
    title: 'كن قارئاً آخر',
    reader: (number) => `القارئ ${number}`,
    you: (number) => `أنت القارئ ${number}.`,
    change: 'التحول إلى قارئ آخر',
    readers: 'قراؤك',
    picture: 'الصورة المقصودة:',
    visible: 'ظاهرة',
    blocked: 'محجوبة',
    own: (count) => (count === 0 ? 'لم يبلغ عنها أحد من قرائك.' : `عدد قرائك الذين أبلغوا عنها: ${count}.`),
    others: 'أربعة قراء آخرون يبلغون عنها',
    moderator: 'ينظر المشرف إلى الصورة ثم',
    keep: 'يبقيها',
    block: 'يحجبها',
    undo: 'يتراجع',
    restart: 'البدء من جديد',
    language: 'اللغة',
    pageLanguage: 'لغة الصفحة',
    log: 'ما حدث',
    became: (number) => `أنت الآن القارئ ${number}: متصفح آخر في نظر Vigie.`,
    proves: (number) => `القارئ ${number} يحل مسألة حسابية صغيرة ثم يبلغ عن الصورة…`,
    reported: (number) => `القارئ ${number} أبلغ عنها.`,
    blockedBy: (count) =>
      count === 5
        ? 'أبلغ عنها خمسة أشخاص مختلفين: حُجبت الصورة في كل الصفحات.'
        : `حُجبت الصورة في كل الصفحات. عدد الأشخاص المختلفين الذين أبلغوا عنها: ${count}.`,
    blockedEarly:
      'حُجبت الصورة مبكراً: كان أشخاص آخرون قد أبلغوا عنها، أو إن السبب هو أخطر الأسباب الذي يحجب فوراً.',
    notYet: (count) => `تبقى الصورة ظاهرة: عدد المبلغين (${count}) لا يكفي.`,
    oneMore: 'ينقص شخص واحد: أبلغ عنها بنفسك بالراية التي على الصورة.',
    notYetAfterKeep: (count) => `تبقى الصورة ظاهرة: أبقاها المشرف، فيلزم خمسة عشر شخصاً (هنا: ${count}).`,
    notYetProtected: 'تبقى الصورة ظاهرة: حمتها هيئة التحرير، أو أبقاها مشرف قبل أقل من أسبوع.',
    tooMany: (minutes) =>
      `يرفض Vigie الآن: كل قرائك يشتركون في عنوانك، ولكل شبكة عدد محدود من الأجهزة والبلاغات. أعد المحاولة بعد ${minutes} دقيقة.`,
    refused: 'لا يجيب Vigie أو يرفض هذا البلاغ. أعد تحميل الصفحة وحاول مرة أخرى.',
    kept: 'يبقي المشرف الصورة: إنها ظاهرة. يبدأ العد من الصفر، ويلزم خلال أسبوع خمسة عشر شخصاً لحجبها.',
    nothingToKeep: 'ليس هناك ما يُراجَع: الصورة غير محجوبة ولم يُبلَّغ عنها.',
    blockedByModerator: 'يحجب المشرف الصورة: لم يعد عدد البلاغات يغيّر شيئاً.',
    blockedAlready: 'كان المشرف قد حجبها.',
    undone: (blocked) =>
      blocked ? 'يتراجع المشرف عن قراره: الصورة محجوبة من جديد.' : 'يتراجع المشرف عن قراره: الصورة ظاهرة.',
    nothingToUndo: 'لا يوجد قرار يمكن التراجع عنه، أو أبلغ قراء عن الصورة بعده.',
    forgotten: 'نُسي قراؤك. وتحتفظ الصورة بتاريخها:',
    next: 'جرّب صورة أخرى',
  },
};
