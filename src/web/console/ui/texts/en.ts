/** What the log and its evidence say, in sentences; for several pages. */
export default {
  'actor.operator': 'the operator',
  'actor.reader': 'a reader',
  'actor.rule': 'the rule{version, plural, =0 {} other {, version #}}',
  'actor.site': 'the site',
  'actor.staff': 'somebody who has left',
  'event.address.parted':
    '{count, plural, one {An address shows} other {# addresses show}} another picture by now: no longer part of this image.',
  'event.addresses.bound':
    '{count, plural, one {An address} other {# addresses}} became part of this image{by, select, bytes {: the very same bytes} other {}}.',
  'event.appeal.withdrawn': 'The site took back its appeal.',
  'event.block.added':
    '{source, select, publisher {The site blocked it as well ({reason}).} moderator {A moderator blocked it as well ({reason}).} threshold {The threshold was crossed as well ({reason}).} match {Blocked as well ({reason}): a person blocked the same picture elsewhere.} other {Blocked as well ({reason}).}}',
  'event.block.removed':
    '{source, select, publisher {The site took its block back.} match {The block that followed another image ended.} moderator {A moderator’s block ended.} threshold {The rule’s block ended.} other {A block ended.}}',
  'event.case.escalated': 'Passed on to the leads{policy, select, none {} other { ({reason})}}.',
  'event.case.flagged':
    '{flag, select, support_withdrawn {A reader took back a report that counted for the block.} reporters_linked {Two reporters turned out to be one person.} bytes_replaced {The picture was replaced while it was blocked or awaited a decision.} bytes_returned {A picture came back that had been here before.} appealed {The site asks for another look.} other {Flagged: {name}.}}',
  'event.case.held':
    'Held for a moderator instead of being blocked{by, select, breaker {: automatic blocking was paused} signals {: reports look coordinated} other {}}.',
  'event.case.opened':
    '{severe, select, yes {An urgent case was opened: somebody gave the severe reason.} other {A case was opened{again, select, yes { again: reported after it was kept} other {}}.}}',
  'event.case.overdue':
    '{held, select, yes {Held for an hour, and nobody has looked yet.} other {Overdue: nobody reviewed this block in time.{count, plural, =0 {} other { It was lifted.}}}}',
  'event.case.resolved':
    '{action, select, block {Decided: block ({reason}).} keep {Decided: keep. It may be shown, and counting begins anew.} superseded {The case was closed: its picture is no longer there.} merged {The case was closed: its image became part of another.} other {The case was closed.}}',
  'event.content.announced': 'The site said that the picture changes.',
  'event.content.changed':
    'Another picture came (version {to}){announced, select, yes {, as the site had said} other {}}{stays, select, yes {. It stays blocked until a person has looked} other {}}.',
  'event.decision.made':
    '{action, select, block {Decided without a case: block ({reason}).} keep {Decided without a case: keep.} other {Decided without a case.}}',
  'event.decision.undone':
    '{action, select, block {The decision to block was undone.} keep {The decision to keep was undone.} escalate {Taken back from the leads.} other {A decision was undone.}}',
  'event.image.appealed': 'The site says that the picture is right, and asks for another look.',
  'event.image.blocked':
    'Blocked: readers no longer see it ({reason}){source, select, match {. A person blocked the same picture elsewhere} other {}}.',
  'event.image.merged': 'Another image became part of this one.',
  'event.image.reason-changed': 'Still blocked, now for another reason: {reason}.',
  'event.image.unblocked': 'Shown again: nothing blocks it any more.',
  'event.protection.lifted': 'No longer protected: the rule may block it again.',
  'event.protection.set':
    'Protected: reports only queue from now on{count, plural, =0 {} one {; a block was lifted} other {; # blocks were lifted}}.',
  'event.reporter.muted':
    'A reader of this case was muted{by, select, rule { by the rule: their last reports were all dismissed} other {}}. Their next reports do not count.',
  'event.reporter.unmuted':
    'The mute of a reader of this case was lifted{by, select, rule {: the decision behind it was undone} other {}}.',
  'event.site.breaker':
    'Automatic blocking was paused: {blocks, plural, one {# image} other {# images}} blocked within an hour, the limit is {limit, number}.',
  'event.snapshot.deleted': 'Our copy of the picture was deleted.',
  'event.snapshot.opened': 'The sealed copy of the picture was opened.',
  'event.webhook.disabled':
    'An endpoint for messages was switched off: {why, select, gone {it said that it is gone} failing {it failed for five days} other {it failed}}.',
  'evidence.after': 'It no longer stands.',
  'evidence.blocked':
    'Blocked by the rule{version, plural, =0 {} other {, version #}}: {readers, plural, one {# reader} other {# readers}}{by, select, severe { for the severe reason} reason { for one reason} other {}}{unit, select, moment { within a minute} minute { in {span, plural, one {# minute} other {# minutes}}} hour { in {span, plural, one {# hour} other {# hours}}} day { in {span, plural, one {# day} other {# days}}} other {}}',
  'evidence.join': '{one}; {other}',
  'evidence.leftOut.budget': '{count} more not counted: the reader’s limit',
  'evidence.leftOut.linked': '{count} more not counted: one person’s second report',
  'evidence.leftOut.muted': '{count} more not counted: muted',
  'evidence.leftOut.network': '{count} more not counted: same network',
  'evidence.leftOut.other': '{count} more not counted',
  'evidence.leftOut.wide-network': '{count} more not counted: same provider’s network',
  'evidence.needed': '{count, plural, one {# was needed} other {# were needed}}',
  'evidence.setAside': '{count, number} more set aside ({signs})',
  'evidence.weight': 'together they weigh {weight, number}',
  'hold.breaker':
    'Not blocked because automatic blocking was paused: {blocks, plural, one {# image had} other {# images had}} been blocked within the hour, the limit is {limit, number}.{reporters, plural, =0 {} other { # reported it, {needed, number} are needed.}}',
  'hold.join': '{one}, {other}',
  'hold.sign.burst': '{votes, number} came in a burst ({span} for what usually takes {usualSpan})',
  'hold.sign.cohort':
    '{votes, number} came from readers who reported other images together: wrongly, or nobody has decided yet',
  'hold.sign.prolific':
    '{votes, plural, one {# came from a reader} other {# came from readers}} with several such reports',
  'hold.sign.newcomers':
    '{votes, plural, one {# came from a reader} other {# came from readers}} known for less than an hour ({share, number, percent} of all, usually {usualShare, number, percent})',
  'hold.sign.same-comment': '{votes, number} have the same words',
  'hold.signals':
    '{reporters, plural, one {# reader} other {# readers}} reported it; {setAside, plural, one {# report was} other {# reports were}} set aside: {signs}. {rest, plural, =0 {None of the others counts} one {One other counts} other {# others count}}, {needed, plural, one {# is needed} other {# are needed}}.',
  'hold.since': 'Held:',
  'hold.span':
    '{unit, select, second {{span, plural, =0 {less than a second} one {# second} other {# seconds}}} minute {{span, plural, one {# minute} other {# minutes}}} other {{span, plural, one {# hour} other {# hours}}}}',
  'timeline.by': 'By {who}',
  'timeline.case': 'Case',
  'timeline.empty': 'Nothing has happened yet.',
  'timeline.image': 'Image',
  'timeline.merged': 'See the other image',
  'timeline.note': 'Note:',
  'timeline.unknown': 'Something this console does not know yet: {type}.',
};
