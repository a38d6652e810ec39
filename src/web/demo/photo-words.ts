import { frenchNumber } from './counted.js';
import type { Kin } from './shown-photo.js';

/** What the panel says of the one photo under many addresses. */
export interface PhotoWords {
  readonly title: string;
  readonly report: string;
  readonly kin: Readonly<Record<Kin, string>>;
  /** Of the address at which another photo is for now. */
  readonly other: string;
  readonly announced: string;
  readonly swap: string;
  readonly restore: string;
  /** @param known how many of the six addresses somebody has reported, or follow from one that was */
  readonly summary: (known: number, images: number, cases: number) => string;
  readonly everywhere: string;
  readonly notYet: string;
  readonly swapped: (announced: boolean) => string;
  readonly restored: (announced: boolean) => string;
  readonly freed: string;
  readonly held: string;
  readonly back: string;
  readonly nothingBlocked: string;
  readonly late: string;
  readonly unknown: string;
}

export const PHOTO_WORDS: Readonly<Record<'fr' | 'ar', PhotoWords>> = {
  fr: {
    title: 'Une photo, six adresses',
    report: 'Six lecteurs la signalent, deux par article',
    kin: {
      original: 'L’adresse d’origine.',
      scaled: 'Réduite par WordPress\u00a0: la même image, selon les règles d’adresses du site.',
      size: 'Une taille de WordPress\u00a0: la même image, par les mêmes règles.',
      parameters:
        'Largeur et suivi dans l’adresse\u00a0: les règles savent qu’ils ne choisissent pas l’image.',
      copy: 'Une copie sous un autre nom\u00a0: les mêmes octets, Vigie le voit quand il la lit.',
      're-encoded':
        'Réenregistrée\u00a0: d’autres octets, la même photo à l’œil. Une fois signalée, elle est montrée au modérateur à côté de l’autre\u00a0; elle n’est pas bloquée d’elle-même.',
    },
    other: 'La rédaction y a mis une autre photo\u00a0: d’autres octets, donc une autre image.',
    announced: 'La rédaction l’annonce à Vigie',
    swap: 'Remplacer la photo à cette adresse',
    restore: 'Remettre l’ancienne photo',
    summary: (known, images, cases) => {
      if (known === 0) return 'Personne ne l’a signalée\u00a0: Vigie ne connaît aucune de ces adresses.';
      const dossiers =
        cases === 0
          ? 'aucun dossier ouvert'
          : cases === 1
            ? 'un dossier ouvert'
            : `${frenchNumber(cases).toLowerCase()} dossiers ouverts`;
      return `Pour Vigie\u00a0: ${frenchNumber(known).toLowerCase()} ${known === 1 ? 'adresse' : 'adresses'}, ${frenchNumber(images).toLowerCase()} ${images === 1 ? 'image' : 'images'}, ${dossiers}.`;
    },
    everywhere: 'Six personnes, trois articles, six adresses\u00a0: une seule image, bloquée partout.',
    notYet: 'Vigie n’a pas encore lu toutes ces adresses\u00a0: il le fait peu après le premier signalement.',
    swapped: (announced) =>
      announced
        ? 'La rédaction met une autre photo à l’adresse de l’agence, et l’annonce à Vigie.'
        : 'La rédaction met une autre photo à l’adresse de l’agence, sans le dire à Vigie.',
    restored: (announced) =>
      announced
        ? 'La rédaction remet l’ancienne photo, et l’annonce à Vigie.'
        : 'La rédaction remet l’ancienne photo, sans le dire à Vigie.',
    freed:
      'Vigie a vu d’autres octets\u00a0: l’image est visible à cette adresse, un dossier demande au modérateur de la regarder, et l’ancienne photo reste bloquée ailleurs.',
    held: 'Vigie a vu d’autres octets, et laisse l’image bloquée jusqu’à ce qu’un modérateur la regarde\u00a0: il avait bloqué l’ancienne et personne n’avait rien annoncé, ou c’est le second changement en trente jours.',
    back: 'Les anciens octets sont de retour\u00a0: l’image est bloquée de nouveau, ici comme ailleurs.',
    nothingBlocked: 'Vigie a regardé cette adresse\u00a0: rien n’y était bloqué, elle reste visible.',
    late: 'Vigie n’a pas encore pu regarder cette adresse.',
    unknown: 'Personne n’a signalé cette adresse\u00a0: Vigie ne la regarde pas.',
  },
  ar: {
    title: 'صورة واحدة، ستة عناوين',
    report: 'ستة قراء يبلّغون عنها، اثنان في كل مقال',
    kin: {
      original: 'العنوان الأصلي.',
      scaled: 'نسخة صغّرها WordPress: الصورة نفسها حسب قواعد عناوين الموقع.',
      size: 'مقاس من مقاسات WordPress: الصورة نفسها بالقواعد نفسها.',
      parameters: 'عرض الصورة ووسم التتبع في العنوان: تعرف القواعد أنهما لا يختاران الصورة.',
      copy: 'نسخة باسم آخر: البايتات نفسها، يلاحظ Vigie ذلك حين يقرؤها.',
      're-encoded':
        'أُعيد حفظها: بايتات أخرى والصورة نفسها للعين. إذا بُلّغ عنها عُرضت على المشرف بجانب الأخرى، ولا تُحجب من تلقاء نفسها.',
    },
    other: 'وضعت هيئة التحرير هنا صورة أخرى: بايتات أخرى، أي صورة أخرى عند Vigie.',
    announced: 'تُعلم هيئة التحرير Vigie بذلك',
    swap: 'استبدال الصورة في هذا العنوان',
    restore: 'إعادة الصورة القديمة',
    summary: (known, images, cases) =>
      known === 0
        ? 'لم يبلّغ عنها أحد: لا يعرف Vigie أيًّا من هذه العناوين.'
        : `عند Vigie: عدد العناوين ${known}، وعدد الصور ${images}، وعدد الملفات المفتوحة ${cases}.`,
    everywhere: 'ستة أشخاص وثلاث مقالات وستة عناوين: صورة واحدة، محجوبة في كل مكان.',
    notYet: 'لم يقرأ Vigie كل هذه العناوين بعد: يقرؤها بُعيد أول بلاغ.',
    swapped: (announced) =>
      announced
        ? 'تضع هيئة التحرير صورة أخرى في عنوان الوكالة وتُعلم Vigie.'
        : 'تضع هيئة التحرير صورة أخرى في عنوان الوكالة دون أن تُعلم Vigie.',
    restored: (announced) =>
      announced
        ? 'تعيد هيئة التحرير الصورة القديمة وتُعلم Vigie.'
        : 'تعيد هيئة التحرير الصورة القديمة دون أن تُعلم Vigie.',
    freed:
      'رأى Vigie بايتات أخرى: الصورة ظاهرة في هذا العنوان، وهناك ملف يطلب من المشرف النظر إليها، وتبقى الصورة القديمة محجوبة في العناوين الأخرى.',
    held: 'رأى Vigie بايتات أخرى وأبقى الصورة محجوبة إلى أن ينظر إليها مشرف: كان قد حجب القديمة ولم يُعلِم أحدٌ Vigie بشيء، أو هو التغيير الثاني خلال ثلاثين يومًا.',
    back: 'عادت البايتات القديمة: الصورة محجوبة من جديد، هنا وفي العناوين الأخرى.',
    nothingBlocked: 'نظر Vigie إلى هذا العنوان: لم يكن فيه شيء محجوب، ويبقى ظاهرًا.',
    late: 'لم يتمكن Vigie من النظر إلى هذا العنوان بعد.',
    unknown: 'لم يبلّغ أحد عن هذا العنوان: لا ينظر إليه Vigie.',
  },
};
