import type en from './en.js';

export default {
  'actor.operator': 'مشغّل الخدمة',
  'actor.reader': 'أحد القراء',
  'actor.rule': 'القاعدة{version, plural, =0 {} other {، الإصدار #}}',
  'actor.site': 'الموقع',
  'actor.staff': 'شخص غادر الفريق',
  'event.address.parted':
    '{count, plural, one {صار عنوان يعرض صورة أخرى: لم يعد جزءًا} two {صار عنوانان يعرضان صورة أخرى: لم يعودا جزءًا} few {صارت # عناوين تعرض صورة أخرى: لم تعد جزءًا} many {صار # عنوانًا يعرض صورة أخرى: لم تعد جزءًا} other {صار # عنوان يعرض صورة أخرى: لم تعد جزءًا}} من هذه الصورة.',
  'event.addresses.bound':
    '{count, plural, one {انضمّ عنوان} two {انضمّ عنوانان} few {انضمّت # عناوين} many {انضمّ # عنوانًا} other {انضمّ # عنوان}} إلى هذه الصورة{by, select, bytes {: المحتوى مطابق تمامًا} other {}}.',
  'event.appeal.withdrawn': 'سحب الموقع اعتراضه.',
  'event.block.added':
    '{source, select, publisher {حجبها الموقع أيضًا ({reason}).} moderator {حجبها الإشراف أيضًا ({reason}).} threshold {بُلغت العتبة أيضًا ({reason}).} match {حُجبت أيضًا ({reason}): حجب شخص الصورة نفسها في مكان آخر.} other {حُجبت أيضًا ({reason}).}}',
  'event.block.removed':
    '{source, select, publisher {سحب الموقع حجبه.} match {انتهى الحجب التابع لصورة أخرى.} moderator {انتهى حجب من الإشراف.} threshold {انتهى حجب القاعدة.} other {انتهى حجب.}}',
  'event.case.escalated': 'أُحيلت إلى المسؤولين{policy, select, none {} other { ({reason})}}.',
  'event.case.flagged':
    '{flag, select, support_withdrawn {سحب قارئ بلاغًا كان محتسبًا في الحجب.} reporters_linked {تبيّن أن مبلّغَين هما شخص واحد.} bytes_replaced {استُبدلت الصورة وهي محجوبة أو تنتظر قرارًا.} bytes_returned {عادت صورة كانت هنا من قبل.} appealed {يطلب الموقع نظرة أخرى.} other {وُضعت علامة: {name}.}}',
  'event.case.held':
    'أُوقفت للمراجعة بدل أن تُحجب{by, select, breaker {: الحجب التلقائي كان متوقفًا} signals {: تبدو البلاغات منسّقة} other {}}.',
  'event.case.opened':
    '{severe, select, yes {فُتح ملف عاجل: ذُكر السبب الخطير.} other {فُتح ملف{again, select, yes { من جديد: أُبلغ عنها بعد الإبقاء عليها} other {}}.}}',
  'event.case.overdue':
    '{held, select, yes {موقوفة منذ ساعة ولم ينظر فيها أحد بعد.} other {متأخر: لم يراجع أحد هذا الحجب في الوقت المحدد.{count, plural, =0 {} other { رُفع الحجب.}}}}',
  'event.case.resolved':
    '{action, select, block {القرار: حجب ({reason}).} keep {القرار: إبقاء. يمكن عرضها ويبدأ العدّ من جديد.} superseded {أُغلق الملف: لم تعد صورته موجودة.} merged {أُغلق الملف: صارت صورته جزءًا من أخرى.} other {أُغلق الملف.}}',
  'event.content.announced': 'أعلن الموقع أن الصورة تتغيّر.',
  'event.content.changed':
    'جاءت صورة أخرى (الإصدار {to}){announced, select, yes {، كما أعلن الموقع} other {}}{stays, select, yes {. تبقى محجوبة حتى ينظر فيها شخص} other {}}.',
  'event.decision.made':
    '{action, select, block {قرار بلا ملف: حجب ({reason}).} keep {قرار بلا ملف: إبقاء.} other {قرار بلا ملف.}}',
  'event.decision.undone':
    '{action, select, block {أُلغي قرار الحجب.} keep {أُلغي قرار الإبقاء.} escalate {استُرجعت من المسؤولين.} other {أُلغي قرار.}}',
  'event.image.appealed': 'يقول الموقع إن الصورة سليمة ويطلب النظر فيها من جديد.',
  'event.image.blocked':
    'حُجبت: لم يعد القراء يرونها ({reason}){source, select, match {. حجب شخص الصورة نفسها في مكان آخر} other {}}.',
  'event.image.merged': 'صارت صورة أخرى جزءًا من هذه.',
  'event.image.reason-changed': 'ما زالت محجوبة، والسبب الآن آخر: {reason}.',
  'event.image.unblocked': 'تُعرض من جديد: لم يعد شيء يحجبها.',
  'event.protection.lifted': 'لم تعد محمية: يمكن للقاعدة أن تحجبها من جديد.',
  'event.protection.set':
    'محمية: من الآن تدخل البلاغات قائمة الانتظار فقط{count, plural, =0 {} one {؛ رُفع حجب واحد} two {؛ رُفع حجبان} few {؛ رُفعت # حالات حجب} many {؛ رُفعت # حالة حجب} other {؛ رُفعت # حالة حجب}}.',
  'event.reporter.muted':
    'كُتم قارئ من قراء هذا الملف{by, select, rule { بحكم القاعدة: رُفضت كل بلاغاته الأخيرة} other {}}. بلاغاته المقبلة لا تُحتسب.',
  'event.reporter.unmuted':
    'رُفع الكتم عن قارئ من قراء هذا الملف{by, select, rule {: أُلغي القرار الذي سبّبه} other {}}.',
  'event.site.breaker': 'توقف الحجب التلقائي: صور حُجبت في ساعة: {blocks, number}، والحد {limit, number}.',
  'event.snapshot.deleted': 'حُذفت نسختنا من الصورة.',
  'event.snapshot.opened': 'فُتحت النسخة المختومة من الصورة.',
  'event.webhook.disabled':
    'أُوقفت نقطة استقبال: {why, select, gone {قالت إنها لم تعد موجودة} failing {فشلت خمسة أيام} other {فشلت}}.',
  'evidence.after': 'لم يعد قائمًا.',
  'evidence.blocked':
    'حجبتها القاعدة{version, plural, =0 {} other {، الإصدار #}}: {readers, plural, one {قارئ واحد} two {قارئان} few {# قراء} many {# قارئًا} other {# قارئ}}{by, select, severe { للسبب الخطير} reason { للسبب نفسه} other {}}{unit, select, moment { في أقل من دقيقة} minute { في {span, plural, one {دقيقة واحدة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}} hour { في {span, plural, one {ساعة واحدة} two {ساعتين} few {# ساعات} many {# ساعة} other {# ساعة}}} day { في {span, plural, one {يوم واحد} two {يومين} few {# أيام} many {# يومًا} other {# يوم}}} other {}}',
  'evidence.join': '{one}؛ {other}',
  'evidence.leftOut.budget': '{count} لم تُحتسب: حد القارئ',
  'evidence.leftOut.linked': '{count} لم تُحتسب: بلاغ ثانٍ من الشخص نفسه',
  'evidence.leftOut.muted': '{count} لم تُحتسب: قارئ مكتوم',
  'evidence.leftOut.network': '{count} لم تُحتسب: الشبكة نفسها',
  'evidence.leftOut.other': '{count} لم تُحتسب',
  'evidence.leftOut.wide-network': '{count} لم تُحتسب: شبكة المزوّد نفسه',
  'evidence.needed': 'المطلوب {count}',
  'evidence.setAside': '{count, number} نُحّيت ({signs})',
  'evidence.weight': 'وزنهم معًا {weight, number}',
  'hold.breaker':
    'لم تُحجب لأن الحجب التلقائي كان متوقفًا: حُجبت {blocks, plural, zero {لا صورة} one {صورة واحدة} two {صورتان} few {# صور} many {# صورة} other {# صورة}} خلال الساعة، والحد {limit, number}.{reporters, plural, =0 {} one { بلّغ عنها قارئ واحد، ويلزم {needed, number}.} two { بلّغ عنها قارئان، ويلزم {needed, number}.} few { بلّغ عنها # قراء، ويلزم {needed, number}.} many { بلّغ عنها # قارئًا، ويلزم {needed, number}.} other { بلّغ عنها # قارئ، ويلزم {needed, number}.}}',
  'hold.join': '{one}، {other}',
  'hold.sign.burst': '{votes, number} وردت دفعة واحدة ({span} لما يستغرق عادة {usualSpan})',
  'hold.sign.cohort': '{votes, number} من قراء أبلغوا معًا عن صور أخرى، خطأً أو لم يُبتّ فيها بعد',
  'hold.sign.prolific': '{votes, number} من قراء لهم عدّة بلاغات كهذه',
  'hold.sign.newcomers':
    '{votes, number} من قراء يُعرفون منذ أقل من ساعة ({share, number, percent} من الكل، والمعتاد {usualShare, number, percent})',
  'hold.sign.same-comment': '{votes, number} بالكلمات نفسها',
  'hold.signals':
    'بلّغ عنها {reporters, plural, zero {لا قارئ} one {قارئ واحد} two {قارئان} few {# قراء} many {# قارئًا} other {# قارئ}}؛ {setAside, plural, zero {لم يُنحّ أي بلاغ} one {نُحّي بلاغ واحد} two {نُحّي بلاغان} few {نُحّيت # بلاغات} many {نُحّي # بلاغًا} other {نُحّي # بلاغ}}: {signs}. {rest, plural, =0 {لا يُحتسب غيرها} one {يُحتسب بلاغ آخر واحد} two {يُحتسب بلاغان آخران} few {تُحتسب # أخرى} many {يُحتسب # أخرى} other {يُحتسب # أخرى}}، ويلزم {needed, number}.',
  'hold.since': 'موقوفة:',
  'hold.span':
    '{unit, select, second {{span, plural, zero {أقل من ثانية} one {ثانية واحدة} two {ثانيتان} few {# ثوانٍ} many {# ثانية} other {# ثانية}}} minute {{span, plural, one {دقيقة واحدة} two {دقيقتان} few {# دقائق} many {# دقيقة} other {# دقيقة}}} other {{span, plural, one {ساعة واحدة} two {ساعتان} few {# ساعات} many {# ساعة} other {# ساعة}}}}',
  'timeline.by': 'بواسطة {who}',
  'timeline.case': 'الملف',
  'timeline.empty': 'لم يحدث شيء بعد.',
  'timeline.image': 'الصورة',
  'timeline.merged': 'عرض الصورة الأخرى',
  'timeline.note': 'ملاحظة:',
  'timeline.unknown': 'حدث لا تعرفه هذه اللوحة بعد: {type}.',
} satisfies Record<keyof typeof en, string>;
