import { type Locale, LOCALES, REASONS } from '../../core/reasons.js';
import type { Fate } from './own-reports.js';

/** What there is to say to readers. */
const NAMES = [
  ...REASONS,
  'report',
  'yours',
  'news',
  'promise',
  'review',
  'choose',
  'comment',
  'send',
  'close',
  'withdraw',
  'unreachable',
  'busy',
  'refused',
  'blocked',
  'tooLate',
  // What became of a report; `promise` follows on pending, and `review` on blocked by the rule.
  'waiting',
  'pending',
  'blockedByRule',
  'blockedByPerson',
  'kept',
  'withdrawn',
] as const;

/** A text for each of the names, in their order: so the names are sent to readers once. */
type Translation = OneEach<typeof NAMES>;
type OneEach<Names extends readonly string[]> = { readonly [Index in keyof Names]: string };

const fr: Translation = [
  'Abus ou exploitation d’enfants',
  'Violence ou scène choquante',
  'Nudité ou contenu sexuel',
  'Haine ou discrimination',
  'Harcèlement',
  'Vie privée',
  'Image fausse ou trompeuse',
  'Droit d’auteur',
  'Publicité',
  'Autre raison',
  'Signaler cette image',
  'Votre signalement de cette image',
  'du nouveau',
  'Cette image sera bloquée automatiquement dès que plusieurs personnes l’auront signalée.',
  'Un modérateur examinera cette image.',
  'Choisissez une raison.',
  'Précisions (facultatif)',
  'Signaler',
  'Fermer',
  'Retirer mon signalement',
  'Le service ne répond pas.',
  'Trop de signalements à la fois. Prochain essai dans',
  'Votre signalement n’a pas pu être enregistré.',
  'Cette image est bloquée.',
  'Votre signalement ne peut plus être retiré.',
  'Votre signalement est conservé une heure et partira dès que possible.',
  'Votre signalement est enregistré.',
  'Cette image a été bloquée automatiquement.',
  'Cette image a été bloquée après examen.',
  'Un modérateur a examiné cette image et l’a maintenue.',
  'Votre signalement est retiré.',
];

const ar: Translation = [
  'إساءة إلى الأطفال أو استغلالهم',
  'عنف أو مشهد صادم',
  'عُري أو محتوى جنسي',
  'كراهية أو تمييز',
  'مضايقة أو ترهيب',
  'الخصوصية',
  'صورة زائفة أو مضلّلة',
  'حقوق المؤلف',
  'إعلان',
  'سبب آخر',
  'الإبلاغ عن هذه الصورة',
  'بلاغكم عن هذه الصورة',
  'هناك جديد',
  'ستُحجب هذه الصورة تلقائيًا حالما يبلّغ عنها عدة أشخاص.',
  'سيراجع أحد المشرفين هذه الصورة.',
  'اختاروا سببًا.',
  'تفاصيل (اختياري)',
  'إبلاغ',
  'إغلاق',
  'سحب بلاغي',
  'الخدمة لا تستجيب.',
  'بلاغات كثيرة في وقت واحد. المحاولة التالية بعد',
  'تعذّر تسجيل بلاغكم.',
  'هذه الصورة محجوبة.',
  'لم يعد سحب بلاغكم ممكنًا.',
  'سنحتفظ ببلاغكم لمدة ساعة ونرسله حالما يمكن ذلك.',
  'سُجِّل بلاغكم.',
  'حُجبت هذه الصورة تلقائيًا.',
  'حُجبت هذه الصورة بعد مراجعتها.',
  'راجع أحد المشرفين هذه الصورة وقرّر الإبقاء عليها.',
  'سُحب بلاغكم.',
];

const es: Translation = [
  'Abuso o explotación infantil',
  'Violencia o escena impactante',
  'Desnudez o contenido sexual',
  'Odio o discriminación',
  'Acoso',
  'Vida privada',
  'Imagen falsa o engañosa',
  'Derechos de autor',
  'Publicidad',
  'Otro motivo',
  'Denunciar esta imagen',
  'Su denuncia de esta imagen',
  'hay novedades',
  'Esta imagen se bloqueará automáticamente en cuanto varias personas la hayan denunciado.',
  'Un moderador revisará esta imagen.',
  'Elija un motivo.',
  'Detalles (opcional)',
  'Denunciar',
  'Cerrar',
  'Retirar mi denuncia',
  'El servicio no responde.',
  'Demasiadas denuncias a la vez. Próximo intento en',
  'No se ha podido registrar su denuncia.',
  'Esta imagen está bloqueada.',
  'Su denuncia ya no se puede retirar.',
  'Su denuncia se conserva una hora y se enviará en cuanto sea posible.',
  'Su denuncia está registrada.',
  'Esta imagen se ha bloqueado automáticamente.',
  'Esta imagen se ha bloqueado tras una revisión.',
  'Un moderador ha revisado esta imagen y la ha mantenido.',
  'Su denuncia se ha retirado.',
];

const en: Translation = [
  'Abuse or exploitation of children',
  'Violence or a shocking scene',
  'Nudity or sexual content',
  'Hate or discrimination',
  'Harassment',
  'Privacy',
  'False or misleading image',
  'Copyright',
  'Advertising',
  'Another reason',
  'Report this image',
  'Your report of this image',
  'there is news',
  'This image will be blocked automatically once several people have reported it.',
  'A moderator will review this image.',
  'Choose a reason.',
  'Details (optional)',
  'Report',
  'Close',
  'Withdraw my report',
  'The service does not answer.',
  'Too many reports at once. Next attempt in',
  'Your report could not be recorded.',
  'This image is blocked.',
  'Your report can no longer be withdrawn.',
  'Your report is kept for an hour and sent as soon as possible.',
  'Your report is recorded.',
  'This image was blocked automatically.',
  'This image was blocked after a review.',
  'A moderator reviewed this image and kept it.',
  'Your report is withdrawn.',
];

/** In the built script Arabic letters are ASCII, of half the size (vite.config.js): so many code points lower. */
const LOWER = 0x5e0;
const inArabic = (text: string): string =>
  text.replace(/[,?A-r]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + LOWER));

const TRANSLATIONS: Readonly<Record<Locale, readonly string[]>> = { fr, ar: ar.map(inArabic), es, en };

/** Everything that readers see, in one language. */
export type Texts = Readonly<Record<(typeof NAMES)[number], string>>;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The language in which readers are spoken to. */
export interface Spoken {
  readonly locale: Locale;
  readonly dir: 'rtl' | 'ltr';
  readonly texts: Texts;
}

/** The language among ours that a tag like `fr-MA` asks for. */
export const localeOf = (tag?: string): Locale | undefined =>
  LOCALES.find((locale) => locale === tag?.toLowerCase().split('-')[0]);

const MINUTES = { style: 'unit', unit: 'minute' } as const;

/** @param automatic whether the site's rule blocks by itself; nothing is promised while that is not known */
export function spokenIn(locale: Locale, automatic?: boolean): Spoken {
  const texts = Object.fromEntries(
    NAMES.map((name, index) => [name, TRANSLATIONS[locale][index]]),
  ) as Writable<Texts>;
  const { promise, review } = texts;
  texts.promise = automatic ? `${promise} ${review}` : automatic === false ? review : '';
  return { locale, dir: locale === 'ar' ? 'rtl' : 'ltr', texts };
}

/** What a reader is told of a report. */
export function sentenceFor(fate: Fate, texts: Texts): string {
  const more = fate === 'pending' ? texts.promise : fate === 'blockedByRule' ? texts.review : '';
  return `${texts[fate]} ${more}`.trim();
}

/** Why a report could not be sent yet; `wait` in milliseconds. */
export const whyWaiting = (wait: number, { texts, locale }: Spoken): string =>
  wait > 0 ? `${texts.busy} ${Math.ceil(wait / 60_000).toLocaleString(locale, MINUTES)}.` : texts.unreachable;
