import { hash } from 'node:crypto';
import type { Locale } from '../core/reasons.js';
import { contentPolicy, pageHeaders } from '../http/answer-headers.js';

const WORDS: Readonly<Record<Locale, { title: string; sentence: string; toConsole: string }>> = {
  fr: {
    title: 'Page introuvable',
    sentence: 'Il n’y a pas de page à cette adresse.',
    toConsole: 'Ouvrir la console',
  },
  ar: { title: 'الصفحة غير موجودة', sentence: 'لا توجد صفحة بهذا العنوان.', toConsole: 'فتح لوحة التحكم' },
  es: {
    title: 'Página no encontrada',
    sentence: 'No hay ninguna página en esta dirección.',
    toConsole: 'Abrir la consola',
  },
  en: { title: 'No page here', sentence: 'There is no page at this address.', toConsole: 'Open the console' },
};

/** As the console's first page looks, without its files. */
const STYLE = `:root{color-scheme:light dark;font:15px/1.5 system-ui,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;color:light-dark(#16202a,#e7ebee);background:light-dark(#f5f4f0,#0f151b)}
:root:lang(ar){font-family:'Noto Sans Arabic','Geeza Pro','Segoe UI',Tahoma,'DejaVu Sans',sans-serif;line-height:1.7}
body{display:grid;box-sizing:border-box;min-height:100vh;min-height:100dvh;margin:0;padding:2rem 1rem;place-items:center}
main{box-sizing:border-box;width:min(26rem,100%);padding:clamp(1.25rem,5vw,2rem);border:1px solid light-dark(#dedad1,#2a3540);border-radius:12px;background:light-dark(#fff,#171f28)}
h1{margin:0;font-size:1.375rem}
p{margin:1rem 0 0}
a{display:inline-block;padding:.25rem 0;color:light-dark(#0b4f75,#8cc8ec)}`;

export const UNKNOWN_ADDRESS_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  ...pageHeaders(contentPolicy({ 'style-src': `'sha256-${hash('sha256', STYLE, 'base64')}'` })),
} as const;

/** In the place of a page that is not there: with a way to the console. */
export function unknownAddressPage(locale: Locale): string {
  const { title, sentence, toConsole } = WORDS[locale];
  return `<!doctype html>
<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Vigie</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${sentence}</p>
<p><a href="/console/">${toConsole}</a></p>
</main>
</body>
</html>
`;
}
