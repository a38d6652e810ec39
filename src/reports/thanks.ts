import type { SiteSettings } from '../access/caller.js';
import type { Locale } from '../core/reasons.js';
import { preferredLocale } from '../http/preferred-locale.js';

/**
 * What a reader is told. The promise of the first one is what the whole service makes true, where the site's rule blocks by
 * itself; where it does not, `decided` promises no more than that a person decides.
 */
const SENTENCES: Record<Locale, { recorded: string; decided: string; again: string; blocked: string }> = {
  fr: {
    recorded:
      'Merci. Cette image sera bloquée automatiquement dès que plusieurs personnes l’auront signalée.',
    decided: 'Merci. C’est un modérateur qui décidera si cette image est bloquée.',
    again: 'Merci, vous aviez déjà signalé cette image\u00a0: votre signalement est bien pris en compte.',
    blocked: 'Merci. Cette image est bloquée.',
  },
  ar: {
    recorded: 'شكرًا لكم. ستُحجب هذه الصورة تلقائيًا حالما يبلّغ عنها عدة أشخاص.',
    decided: 'شكرًا لكم. القرار بحجب هذه الصورة يعود إلى أحد المشرفين.',
    again: 'شكرًا لكم، لقد سبق أن بلّغتم عن هذه الصورة، وبلاغكم مسجَّل لدينا.',
    blocked: 'شكرًا لكم. هذه الصورة محجوبة.',
  },
  es: {
    recorded:
      'Gracias. Esta imagen se bloqueará automáticamente en cuanto varias personas la hayan denunciado.',
    decided: 'Gracias. Será un moderador quien decida si esta imagen se bloquea.',
    again: 'Gracias, ya había denunciado esta imagen: su denuncia consta.',
    blocked: 'Gracias. Esta imagen está bloqueada.',
  },
  en: {
    recorded: 'Thank you. This image will be blocked automatically once several people have reported it.',
    decided: 'Thank you. A moderator will decide whether this image is blocked.',
    again: 'Thank you, you had already reported this image: your report stands.',
    blocked: 'Thank you. This image is blocked.',
  },
};

/**
 * The sentence for a reader whose report was committed: the same whether the report counts or not, and whether the image is
 * protected or not.
 */
export function thanks(
  acceptLanguage: string | undefined,
  { locale, automatic }: Pick<SiteSettings, 'locale' | 'automatic'>,
  { recorded, blocked }: { readonly recorded: boolean; readonly blocked: boolean },
): string {
  const sentences = SENTENCES[preferredLocale(acceptLanguage, locale)];
  if (!recorded) return sentences.again;
  if (blocked) return sentences.blocked;
  return automatic ? sentences.recorded : sentences.decided;
}
