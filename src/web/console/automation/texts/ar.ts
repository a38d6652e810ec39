import type en from './en.js';

export default {
  'automation.held':
    '{count, plural, =0 {لا ملف موقوفًا.} one {ملف واحد موقوف ينتظر مشرفًا.} two {ملفان موقوفان ينتظران مشرفًا.} few {# ملفات موقوفة تنتظر مشرفًا.} many {# ملفًا موقوفًا ينتظر مشرفًا.} other {# ملف موقوف ينتظر مشرفًا.}}',
  'automation.heldCases': 'ملفات موقوفة',
  'automation.heldLate': '{cases, number}، منها {late, number} منذ أكثر من ساعة',
  'automation.hour': 'في الساعة الأخيرة',
  'automation.muted': 'قراء مكتومون',
  'automation.neverPauses': 'لا يتوقف أبدًا',
  'automation.notKnown': 'غير معروف بعد: ما رُوجع قليل',
  'automation.ofLimit':
    '{blocks, number} من أصل {limit, plural, one {عملية حجب واحدة} two {عمليتي حجب} few {# عمليات حجب} many {# عملية حجب} other {# عملية حجب}} على الأكثر',
  'automation.paused': 'الحجب التلقائي متوقف.',
  'automation.pausedOn': 'الحجب التلقائي متوقف في \u2068{site}\u2069.',
  'automation.perHour':
    '{blocks, plural, one {عملية حجب واحدة} two {عمليتا حجب} few {# عمليات حجب} many {# عملية حجب} other {# عملية حجب}} في الساعة، بحسب {upheld, plural, zero {لا حجب مؤكّد} one {حجب مؤكّد واحد} two {حجبين مؤكّدين} few {# عمليات حجب مؤكّدة} many {# عملية حجب مؤكّدة} other {# عملية حجب مؤكّدة}}',
  'automation.title': 'الحجب التلقائي الآن',
  'automation.toHeld': 'عرض الملفات الموقوفة',
  'automation.usual': 'المعتاد',
  'automation.why':
    '{since, select, none {} other {منذ {since}: }}حُجبت {blocks, plural, zero {لا صورة} one {صورة واحدة} two {صورتان} few {# صور} many {# صورة} other {# صورة}} في ساعة، والحد {limit, number}.',
} satisfies Record<keyof typeof en, string>;
