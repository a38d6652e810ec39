import { type Locale, LOCALES } from '../core/reasons.js';
import type { LinkPurpose } from '../database/statements/accounts/account-links.js';
import type { Letter } from './mailer.js';

interface Words {
  readonly subject: string;
  readonly why: string;
}

const WORDS: Record<Locale, Record<LinkPurpose, Words> & { readonly how: string; readonly else: string }> = {
  fr: {
    invitation: {
      subject: 'Votre compte Vigie',
      why: 'Un compte a été créé pour vous sur Vigie, le service de modération des images. Choisissez votre mot de passe ici\u00a0:',
    },
    reset: {
      subject: 'Vigie\u00a0: nouveau mot de passe',
      why: 'Choisissez ici un nouveau mot de passe pour votre compte Vigie\u00a0:',
    },
    how: 'Ce lien est valable une heure et ne sert qu’une fois. Ne le transmettez à personne.',
    else: 'Si vous n’attendiez pas ce message, ne faites rien\u00a0: votre compte reste tel qu’il est.',
  },
  ar: {
    invitation: {
      subject: 'حسابك في Vigie',
      why: 'أُنشئ لك حساب في Vigie، خدمة الإشراف على الصور. اختر كلمة المرور هنا:',
    },
    // Begins in Arabic: mail programs take the direction of a line from its first word.
    reset: { subject: 'كلمة مرور جديدة في Vigie', why: 'اختر هنا كلمة مرور جديدة لحسابك في Vigie:' },
    how: 'هذا الرابط صالح لمدة ساعة ويُستعمل مرة واحدة فقط. لا تعطه لأحد.',
    else: 'إذا لم تكن تنتظر هذه الرسالة فلا تفعل شيئًا: يبقى حسابك كما هو.',
  },
  es: {
    invitation: {
      subject: 'Su cuenta de Vigie',
      why: 'Se ha creado una cuenta para usted en Vigie, el servicio de moderación de imágenes. Elija aquí su contraseña:',
    },
    reset: {
      subject: 'Vigie: nueva contraseña',
      why: 'Elija aquí una nueva contraseña para su cuenta de Vigie:',
    },
    how: 'Este enlace es válido durante una hora y solo sirve una vez. No se lo dé a nadie.',
    else: 'Si no esperaba este mensaje, no haga nada: su cuenta sigue como está.',
  },
  en: {
    invitation: {
      subject: 'Your Vigie account',
      why: 'An account was made for you on Vigie, the moderation service for images. Choose your password here:',
    },
    reset: {
      subject: 'Vigie: a new password',
      why: 'Choose a new password for your Vigie account here:',
    },
    how: 'This link is good for an hour and works once. Give it to nobody.',
    else: 'If you did not expect this message, do nothing: your account stays as it is.',
  },
};

/** The letter with a one-time link, in the language of the site or English. */
export function letterOf(
  { email, purpose, locale }: { email: string; purpose: LinkPurpose; locale: string | null },
  url: string,
): Letter {
  const language = LOCALES.find((known) => known === locale) ?? 'en';
  const { how, else: otherwise, [purpose]: words } = WORDS[language];
  const text = [words.why, url, how, otherwise].join('\n\n');
  return { to: email, subject: words.subject, text: `${text}\n`, language };
}
