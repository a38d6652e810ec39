import { type Locale, LOCALES, REASONS } from '../../core/reasons.js';
import type { Fate } from './own-reports.js';

/** What there is to say to readers. */
const NAMES = [
  ...REASONS,
  'report',
  'yours',
  'news',
  'promise',
  'why',
  'comment',
  'send',
  'sending',
  'close',
  'withdraw',
  'unreachable',
  'refused',
  'blocked',
  // What became of a report; `unreachable` goes before waiting, and `promise` follows on pending.
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
  'L’image sera bloquée automatiquement dès que plusieurs personnes l’auront signalée, puis un modérateur l’examinera.',
  'Pour quelle raison\u00a0?',
  'Précisions (facultatif)',
  'Signaler',
  'Envoi en cours…',
  'Fermer',
  'Retirer mon signalement',
  'Le service ne répond pas.',
  'Votre signalement n’a pas pu être enregistré.',
  'Cette image est bloquée.',
  'Votre signalement est conservé une heure et partira dès que possible.',
  'Votre signalement est enregistré.',
  'Cette image a été bloquée automatiquement. Un modérateur va l’examiner.',
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
  'ستُحجب الصورة تلقائيًا حالما يبلّغ عنها عدة أشخاص، ثم يراجعها أحد المشرفين.',
  'ما سبب البلاغ؟',
  'تفاصيل (اختياري)',
  'إبلاغ',
  'جارٍ الإرسال…',
  'إغلاق',
  'سحب بلاغي',
  'الخدمة لا تستجيب.',
  'تعذّر تسجيل بلاغكم.',
  'هذه الصورة محجوبة.',
  'سنحتفظ ببلاغكم لمدة ساعة ونرسله حالما يمكن ذلك.',
  'سُجِّل بلاغكم.',
  'حُجبت هذه الصورة تلقائيًا، وسيراجعها أحد المشرفين.',
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
  'La imagen se bloqueará automáticamente en cuanto varias personas la hayan denunciado, y después la revisará un moderador.',
  '¿Por qué motivo?',
  'Detalles (opcional)',
  'Denunciar',
  'Enviando…',
  'Cerrar',
  'Retirar mi denuncia',
  'El servicio no responde.',
  'No se ha podido registrar su denuncia.',
  'Esta imagen está bloqueada.',
  'Su denuncia se conserva una hora y se enviará en cuanto sea posible.',
  'Su denuncia está registrada.',
  'Esta imagen se ha bloqueado automáticamente. Un moderador la revisará.',
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
  'The image will be blocked automatically once several people have reported it; then a moderator will review it.',
  'What is the reason?',
  'Details (optional)',
  'Report',
  'Sending…',
  'Close',
  'Withdraw my report',
  'The service does not answer.',
  'Your report could not be recorded.',
  'This image is blocked.',
  'Your report is kept for an hour and sent as soon as possible.',
  'Your report is recorded.',
  'This image was blocked automatically. A moderator will review it.',
  'This image was blocked after a review.',
  'A moderator reviewed this image and kept it.',
  'Your report is withdrawn.',
];

const TRANSLATIONS: Readonly<Record<Locale, Translation>> = { fr, ar, es, en };

/** Everything that readers see, in one language. */
export type Texts = Readonly<Record<(typeof NAMES)[number], string>>;

/** The language in which readers are spoken to. */
export interface Spoken {
  readonly locale: Locale;
  readonly dir: 'rtl' | 'ltr';
  readonly texts: Texts;
}

/** The language among ours that a tag like `fr-MA` asks for. */
export const localeOf = (tag: string | null): Locale | undefined =>
  LOCALES.find((locale) => locale === tag?.toLowerCase().split('-')[0]);

export function spokenIn(locale: Locale): Spoken {
  const texts = NAMES.map((name, index) => [name, TRANSLATIONS[locale][index]]);
  return { locale, dir: locale === 'ar' ? 'rtl' : 'ltr', texts: Object.fromEntries(texts) as Texts };
}

/** What a reader is told of a report. */
export function sentenceFor(fate: Fate, texts: Texts): string {
  const sentence = texts[fate];
  if (fate === 'pending') return `${sentence} ${texts.promise}`;
  return fate === 'waiting' ? `${texts.unreachable} ${sentence}` : sentence;
}
