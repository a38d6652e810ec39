import {
  arabicOthersReport,
  arabicPeople,
  arabicTime,
  frenchNumber,
  frenchPeople,
  frenchTime,
  ofHours,
} from './counted.js';

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
  readonly others: (count: number) => string;
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
  /** @param needed how many people the rule asks for after a keep */
  readonly notYetAfterKeep: (count: number, needed: number) => string;
  readonly notYetProtected: string;
  /** Where the rule blocks nothing by itself. */
  readonly notAutomatic: string;
  readonly tooMany: (minutes: number) => string;
  readonly refused: string;
  readonly kept: string;
  /** What follows from a keep where the rule blocks by itself. */
  readonly afterKeep: (needed: number, hours: number) => string;
  readonly nothingToKeep: string;
  readonly blockedByModerator: string;
  readonly blockedAlready: string;
  readonly undone: (blocked: boolean) => string;
  readonly nothingToUndo: string;
  readonly answeredSince: string;
  readonly noAdministrator: string;
  readonly notFromHere: string;
  readonly needsStorage: string;
  readonly forgotten: string;
  readonly next: string;
}

export const WORDS: Readonly<Record<'fr' | 'ar', Words>> = {
  fr: {
    title: 'Être un autre lecteur',
    reader: (number) => `Lecteur ${number}`,
    you: (number) => `Vous êtes le lecteur ${number}.`,
    change: 'Devenir un autre lecteur',
    readers: 'Vos lecteurs',
    picture: 'Image visée\u00a0:',
    visible: 'visible',
    blocked: 'bloquée',
    own: (count) =>
      count === 0
        ? 'Aucun de vos lecteurs ne l’a signalée.'
        : count === 1
          ? 'Un de vos lecteurs l’a signalée.'
          : `${frenchNumber(count)} de vos lecteurs l’ont signalée.`,
    others: (count) =>
      count === 1 ? 'Un autre lecteur la signale' : `${frenchNumber(count)} autres lecteurs la signalent`,
    moderator: 'Le modérateur regarde l’image et',
    keep: 'la garde',
    block: 'la bloque',
    undo: 'se ravise',
    restart: 'Recommencer',
    language: 'Langue',
    pageLanguage: 'de la page',
    log: 'Ce qui s’est passé',
    became: (number) => `Vous êtes maintenant le lecteur ${number}\u00a0: un autre navigateur, pour Vigie.`,
    proves: (number) => `Le lecteur ${number} résout un petit calcul, puis signale l’image…`,
    reported: (number) => `Le lecteur ${number} l’a signalée.`,
    blockedBy: (count) =>
      `${frenchNumber(count)} personnes différentes l’ont signalée\u00a0: l’image est bloquée, sur toutes les pages.`,
    blockedEarly:
      'L’image est déjà bloquée\u00a0: d’autres personnes l’avaient signalée avant, ou bien la raison donnée demande moins de monde (la plus grave bloque tout de suite).',
    notYet: (count) =>
      count === 1
        ? 'L’image reste visible\u00a0: une personne ne suffit pas.'
        : `L’image reste visible\u00a0: ${frenchPeople(count)} ne suffisent pas.`,
    oneMore: 'Il en manque une\u00a0: signalez-la vous-même, avec le drapeau sur l’image.',
    notYetAfterKeep: (count, needed) =>
      `L’image reste visible\u00a0: un modérateur l’a gardée, il faut donc ${frenchPeople(needed)} (ici, ${count}).`,
    notYetProtected:
      'L’image reste visible\u00a0: la rédaction l’a protégée, ou un modérateur l’a gardée il y a peu, ou bien la règle ne compte pas autant de lecteurs d’un même réseau.',
    notAutomatic: 'L’image reste visible\u00a0: la règle de ce site laisse la décision au modérateur.',
    tooMany: (minutes) =>
      `Vigie refuse pour l’instant\u00a0: tous vos lecteurs partagent votre adresse, et un réseau n’obtient qu’un nombre limité d’appareils et de signalements. Réessayez dans ${frenchTime(minutes, 'minute')}.`,
    refused: 'Vigie ne répond pas ou refuse cette demande. Rechargez la page et réessayez.',
    kept: 'Le modérateur garde l’image\u00a0: elle est visible.',
    afterKeep: (needed, hours) => {
      const [count, unit] = ofHours(hours);
      const time = frenchTime(count, unit === 'day' ? 'jour' : 'heure');
      return `Le compte repart de zéro et, pendant ${time}, il faudra ${frenchPeople(needed)} pour la bloquer.`;
    },
    nothingToKeep: 'Il n’y a rien à garder\u00a0: l’image n’est ni bloquée, ni signalée.',
    blockedByModerator: 'Le modérateur bloque l’image\u00a0: le nombre de signalements n’y change plus rien.',
    blockedAlready: 'Le modérateur l’avait déjà bloquée.',
    undone: (blocked) =>
      blocked
        ? 'Le modérateur revient sur sa décision\u00a0: l’image est de nouveau bloquée.'
        : 'Le modérateur revient sur sa décision\u00a0: l’image est visible.',
    nothingToUndo: 'Il n’y a pas de décision à annuler.',
    answeredSince:
      'Des lecteurs l’ont signalée depuis\u00a0: cette décision ne s’annule plus, il faut décider de nouveau.',
    noAdministrator:
      'Le modérateur de la démonstration, admin@vigie.localhost, n’existe pas ou plus dans cette installation\u00a0: il ne peut rien décider.',
    notFromHere:
      'Vigie ne laisse pas cette page décider\u00a0: elle est ouverte sous une adresse qu’il ne connaît pas.',
    needsStorage:
      'Ce panneau garde vos lecteurs dans le navigateur, qui refuse de stocker des données pour ce site. Autorisez-le, puis rechargez la page.',
    forgotten: 'Vos lecteurs sont oubliés. L’image garde son histoire\u00a0:',
    next: 'essayez-en une autre',
  },
  ar: {
    title: 'كونوا قارئًا آخر',
    reader: (number) => `القارئ ${number}`,
    you: (number) => `أنتم القارئ ${number}.`,
    change: 'التحول إلى قارئ آخر',
    readers: 'قراؤكم',
    picture: 'الصورة المقصودة:',
    visible: 'ظاهرة',
    blocked: 'محجوبة',
    own: (count) => (count === 0 ? 'لم يبلّغ عنها أحد من قرائكم.' : `عدد قرائكم الذين بلّغوا عنها: ${count}.`),
    others: arabicOthersReport,
    moderator: 'ينظر المشرف إلى الصورة ثم',
    keep: 'يبقيها',
    block: 'يحجبها',
    undo: 'يتراجع',
    restart: 'البدء من جديد',
    language: 'اللغة',
    pageLanguage: 'لغة الصفحة',
    log: 'ما حدث',
    became: (number) => `أنتم الآن القارئ ${number}: متصفح آخر في نظر Vigie.`,
    proves: (number) => `القارئ ${number} يحل مسألة حسابية صغيرة ثم يبلّغ عن الصورة…`,
    reported: (number) => `القارئ ${number} بلّغ عنها.`,
    blockedBy: (count) => `حُجبت الصورة في كل الصفحات: بلّغ عنها ${arabicPeople(count)}، كلٌّ على حدة.`,
    blockedEarly:
      'حُجبت الصورة مبكرًا: كان أشخاص آخرون قد بلّغوا عنها، أو إن السبب المذكور يتطلب عددًا أقل (وأخطر الأسباب يحجب فورًا).',
    notYet: (count) => `تبقى الصورة ظاهرة: عدد المبلّغين (${count}) لا يكفي.`,
    oneMore: 'ينقص شخص واحد: بلّغوا عنها بأنفسكم بالراية التي على الصورة.',
    notYetAfterKeep: (count, needed) =>
      `تبقى الصورة ظاهرة: أبقاها المشرف، فيلزم ${arabicPeople(needed)} لحجبها (هنا: ${count}).`,
    notYetProtected:
      'تبقى الصورة ظاهرة: حمتها هيئة التحرير، أو أبقاها مشرف منذ وقت قريب، أو إن القاعدة لا تحتسب هذا العدد من قراء شبكة واحدة.',
    notAutomatic: 'تبقى الصورة ظاهرة: قاعدة هذا الموقع تترك القرار للمشرف.',
    tooMany: (minutes) =>
      `يرفض Vigie الآن: كل قرائكم يشتركون في عنوانكم، ولكل شبكة عدد محدود من الأجهزة والبلاغات. أعيدوا المحاولة بعد ${arabicTime(minutes, 'minute')}.`,
    refused: 'لا يجيب Vigie أو يرفض هذا الطلب. أعيدوا تحميل الصفحة وحاولوا مرة أخرى.',
    kept: 'يبقي المشرف الصورة: إنها ظاهرة.',
    afterKeep: (needed, hours) =>
      `يبدأ العد من الصفر، ويلزم خلال ${arabicTime(...ofHours(hours))} ${arabicPeople(needed)} لحجبها.`,
    nothingToKeep: 'ليس هناك ما يُراجَع: الصورة غير محجوبة ولم يُبلَّغ عنها.',
    blockedByModerator: 'يحجب المشرف الصورة: لم يعد عدد البلاغات يغيّر شيئًا.',
    blockedAlready: 'كان المشرف قد حجبها.',
    undone: (blocked) =>
      blocked ? 'يتراجع المشرف عن قراره: الصورة محجوبة من جديد.' : 'يتراجع المشرف عن قراره: الصورة ظاهرة.',
    nothingToUndo: 'لا يوجد قرار يمكن التراجع عنه.',
    answeredSince: 'بلّغ قراء عن الصورة بعد هذا القرار، فلا يمكن التراجع عنه: يلزم قرار جديد.',
    noAdministrator:
      'مشرف العرض، admin@vigie.localhost، غير موجود في هذا التثبيت أو لم يعد موجودًا، فلا يمكنه أن يقرر شيئًا.',
    notFromHere: 'لا يسمح Vigie لهذه الصفحة باتخاذ قرار: فُتحت بعنوان لا يعرفه.',
    needsStorage:
      'تحفظ هذه اللوحة قراءكم في المتصفح، وهو يرفض تخزين بيانات هذا الموقع. اسمحوا له بذلك ثم أعيدوا تحميل الصفحة.',
    forgotten: 'نُسي قراؤكم. وتحتفظ الصورة بتاريخها:',
    next: 'جرّبوا صورة أخرى',
  },
};
