import type { Section } from '../articles/article.js';

/** A language of the demonstration's pages. */
export type PageLanguage = 'fr' | 'ar';

/** What the pages say around their articles. */
export interface Words {
  readonly direction: 'ltr' | 'rtl';
  readonly paper: string;
  readonly tagline: string;
  readonly skip: string;
  readonly sections: Readonly<Record<Section, string>>;
  readonly sectionsLabel: string;
  readonly otherLanguage: string;
  readonly latest: string;
  readonly related: string;
  readonly by: (author: string) => string;
  readonly picture: string;
  readonly about: string;
  readonly publishing: string;
  readonly languages: string;
}

export const WORDS: Readonly<Record<PageLanguage, Words>> = {
  fr: {
    direction: 'ltr',
    paper: 'La Vigie du Matin',
    tagline: 'L’actualité vue d’en haut',
    skip: 'Aller au contenu',
    sections: {
      local: 'Ville',
      society: 'Société',
      economy: 'Économie',
      environment: 'Environnement',
      culture: 'Culture',
      youth: 'Jeunesse et sports',
    },
    sectionsLabel: 'Rubriques',
    otherLanguage: 'Un article en arabe',
    latest: 'À l’instant',
    related: 'À lire aussi',
    by: (author) => `Par ${author}`,
    picture: 'Illustration dessinée pour La Vigie du Matin',
    about:
      'Ce journal n’existe pas\u00a0: c’est la démonstration de Vigie, qui modère les images des sites d’information. Les articles sont inventés, les images dessinées par un programme.',
    publishing: 'Description de l’API',
    languages: 'Langues',
  },
  ar: {
    direction: 'rtl',
    paper: 'راصد الصباح',
    tagline: 'الأخبار كما تُرى من الأعلى',
    skip: 'انتقلوا إلى المحتوى',
    sections: {
      local: 'المدينة',
      society: 'المجتمع',
      economy: 'الاقتصاد',
      environment: 'البيئة',
      culture: 'الثقافة',
      youth: 'الشباب والرياضة',
    },
    sectionsLabel: 'الأقسام',
    otherLanguage: 'هذا المقال بالفرنسية',
    latest: 'الآن',
    related: 'اقرؤوا أيضًا بالفرنسية',
    by: (author) => `بقلم ${author}`,
    picture: 'رسم أُعدّ خصيصًا لهذه الصحيفة',
    about:
      'هذه الصحيفة غير موجودة: إنها عرض لبرنامج Vigie الذي يشرف على صور المواقع الإخبارية. المقالات مختلقة، والصور رسمها برنامج.',
    publishing: 'وصف الواجهة البرمجية',
    languages: 'اللغات',
  },
};
