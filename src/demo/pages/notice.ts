import type { Missing } from '../demonstration-site.js';
import { html, type Html } from './html.js';
import { typeset } from './typeset.js';
import type { PageLanguage } from './words.js';

const STEPS = {
  'no-site': html`npm run cli -- site list`,
  revoked: html`npm run cli -- keys list --site demo`,
  'no-room': html`npm run cli -- keys revoke key_… --site demo`,
} as const;

const SENTENCES: Readonly<Record<PageLanguage, Readonly<Record<Missing, string>>>> = {
  fr: {
    'no-site':
      'Il n’y a pas de site de démonstration dans cette base : Vigie n’en crée un que dans une base neuve. Les articles se lisent, mais rien ne peut y être signalé. Pour l’essayer, démarrez Vigie avec un autre DATA_DIR. Les sites de cette base :',
    revoked:
      'La clé publiable de cette page a été révoquée, et elle ne peut pas revivre : rien ne peut être signalé ici. Pour repartir de zéro, arrêtez Vigie, supprimez son dossier data/ et redémarrez. Les clés du site :',
    'no-room':
      'Cette page a besoin d’une clé publiable, et le site de démonstration en a déjà deux. Révoquez-en une, puis rechargez la page :',
  },
  ar: {
    'no-site':
      'لا يوجد موقع عرض في قاعدة البيانات هذه: لا ينشئه Vigie إلا في قاعدة جديدة. يمكن قراءة المقالات، ولا يمكن الإبلاغ عن شيء. للتجربة، شغّلوا Vigie بقيمة أخرى لـ DATA_DIR. مواقع هذه القاعدة:',
    revoked:
      'أُلغي مفتاح هذه الصفحة العمومي ولا يمكن إحياؤه، فلا يمكن الإبلاغ عن شيء هنا. للبدء من جديد، أوقفوا Vigie واحذفوا مجلد data/ ثم شغّلوه. مفاتيح الموقع:',
    'no-room': 'تحتاج هذه الصفحة إلى مفتاح عمومي، ولموقع العرض مفتاحان. ألغوا أحدهما ثم أعيدوا تحميل الصفحة:',
  },
};

/** Why nothing can be reported on this page, and what to do. */
export const missingNotice = (missing: Missing, language: PageLanguage): Html =>
  html`<p>${language === 'fr' ? typeset(SENTENCES.fr[missing]) : SENTENCES[language][missing]}</p>
    <p><code dir="ltr">${STEPS[missing]}</code></p>`;

const UNKNOWN_ADDRESS =
  'Cette page est ouverte sous une adresse que le site de démonstration ne connaît pas : les signalements y sont refusés. Ouvrez-la sous';

/** For a page that was opened by a name from which the site takes no reports. */
export function elsewhereNotice(address: string, language: PageLanguage): Html {
  const link = html`<a href="${address}" dir="ltr">${address}</a>`;
  return language === 'fr'
    ? html`<p>
        ${typeset(UNKNOWN_ADDRESS)} ${link}, ou donnez à Vigie sa vraie adresse (PUBLIC_URL) avant le premier
        démarrage.
      </p>`
    : html`<p>
        فُتحت هذه الصفحة بعنوان لا يعرفه موقع العرض، فتُرفض البلاغات منه. افتحوها بالعنوان ${link}، أو أعطوا
        Vigie عنوانه الصحيح (PUBLIC_URL) قبل أول تشغيل.
      </p>`;
}
