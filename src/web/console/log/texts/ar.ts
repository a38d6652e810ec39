import type en from './en.js';

export default {
  'account-by.anybody': 'شخص غير معروف',
  'account-by.operator': 'مشغّل الخدمة',
  'account-event.account-closed': 'أُغلق الحساب: لا جلسة ولا رمز.',
  'account-event.account-made': 'أُنشئ الحساب.',
  'account-event.account-opened': 'فُتح الحساب من جديد.',
  'account-event.admin-given': 'صار مديرًا لكل المواقع.',
  'account-event.admin-taken': 'لم يعد مديرًا.',
  'account-event.key-made':
    '{kind, select, publishable {أُنشئ مفتاح قابل للنشر ينتهي بـ \u2068{hint}\u2069.} other {أُنشئ مفتاح سرّي ينتهي بـ \u2068{hint}\u2069.}}',
  'account-event.key-revoked':
    '{kind, select, publishable {أُبطل المفتاح القابل للنشر المنتهي بـ \u2068{hint}\u2069.} other {أُبطل المفتاح السرّي المنتهي بـ \u2068{hint}\u2069.}}',
  'account-event.legal-given': 'يمكنه فتح ما هو مختوم.',
  'account-event.legal-taken': 'لم يعد يمكنه فتح ما هو مختوم.',
  'account-event.link-made':
    '{purpose, select, invitation {أُنشئت دعوة.} reset {أُنشئ رابط لكلمة مرور جديدة.} other {أُنشئ رابط لمرة واحدة.}}',
  'account-event.link-used':
    '{purpose, select, invitation {قُبلت الدعوة.} reset {استُعمل رابط كلمة المرور الجديدة.} other {استُعمل رابط لمرة واحدة.}}',
  'account-event.member-added': 'انضمّ إلى {site}: {role}.',
  'account-event.member-changed': 'في {site} الآن: {role}.',
  'account-event.member-removed': 'غادر {site}.',
  'account-event.password-changed': 'غُيّرت كلمة المرور.',
  'account-event.password-right':
    'أُعطيت كلمة المرور الصحيحة{times, select, none {} other { (عدد المرات خلال ساعة: {times})}}، ولم يُقدَّم العامل الثاني بعد.',
  'account-event.recovery-code-used': 'استُعمل رمز استرداد.',
  'account-event.recovery-codes-made': 'أُنشئت رموز استرداد جديدة.',
  'account-event.second-factor-removed': 'أُزيل العامل الثاني.',
  'account-event.second-factor-set': 'أُعدّ عامل ثانٍ.',
  'account-event.session-ended':
    '{sessions, plural, zero {لم تُنه أي جلسة.} one {أُنهيت جلسة.} two {أُنهيت جلستان.} few {أُنهيت # جلسات.} many {أُنهيت # جلسة.} other {أُنهيت # جلسة.}}',
  'account-event.sign-in-failed':
    'فشل تسجيل الدخول{step, select, password {: كلمة مرور خاطئة} code {: رمز خاطئ} other {}}{times, select, none {} other { (عدد المرات خلال ساعة: {times})}}.',
  'account-event.signed-in': 'سجّل الدخول.',
  'account-event.signed-out': 'سجّل الخروج.',
  'account-event.site-changed': 'تغيّر: {parts}.',
  'account-event.token-made': 'أُنشئ رمز للبرامج.',
  'account-event.token-revoked': 'أُبطل رمز للبرامج.',
  'account-part.addressRules': 'قواعد العناوين',
  'account-part.imageHosts': 'مضيفات الصور',
  'account-part.locale': 'اللغة',
  'account-part.name': 'الاسم',
  'account-part.nearMatches': 'الصور المشابهة',
  'account-part.origins': 'عناوين الصفحات',
  'account-part.reasons': 'الأسباب',
  'account-part.severeInstructions': 'تعليمات السبب الخطير',
  'account-part.timeZone': 'المنطقة الزمنية',
  'log.accounts': 'الحسابات والصلاحيات',
  'log.by': 'بواسطة {who}',
  'log.empty': 'السجل فارغ بعد.',
  'log.emptyHint': 'يُدوّن هنا كل حجب وملف وقرار وحماية، مع من ومتى.',
  'log.more': 'عرض ما سبق',
  'log.new':
    '{count, plural, one {قيد جديد واحد} two {قيدان جديدان} few {# قيود جديدة} many {# قيدًا جديدًا} other {# قيد جديد}}',
  'log.newMany':
    'أكثر من {count, plural, one {قيد جديد واحد} two {قيدين جديدين} few {# قيود جديدة} many {# قيدًا جديدًا} other {# قيد جديد}}',
  'log.newShow': 'عرض',
  'log.site': 'الصور والملفات',
  'log.tabs': 'أي سجل',
  'log.unknownAccount': 'لا حساب بهذا العنوان',
} satisfies Record<keyof typeof en, string>;
