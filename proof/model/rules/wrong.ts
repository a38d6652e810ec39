/**
 * Rules that the model can be told to have wrong: each must be noticed, or the comparison shows nothing. What each does
 * stands where the rule is.
 */
export const WRONG_RULES: readonly string[] = [
  // K and one more.
  'threshold',
  // An undo gives back nothing that the decision took.
  'undo',
  // Any number of votes of a network count.
  'no-caps',
  // A keep takes away the publisher's own block, too.
  'keep-lifts-publisher',
  // After a keep as many are asked for as before.
  'no-cooldown',
  // A claim gives a case that somebody holds, too.
  'double-claim',
  // A vote never gets old.
  'no-window',
  // Protection leaves the rule's block.
  'protection-leaves',
  // Protection leaves a case that is held at the top of the queue.
  'protection-leaves-hold',
  // One severe vote blocks as often as it likes.
  'severe-without-budget',
  // An appeal lifts the rule's block.
  'appeal-lifts',
  // An appeal leaves closed what a moderator had closed.
  'appeal-leaves-closed',
  // An undo does not bring back the appeal that the decision had ended.
  'undo-forgets-appeal',
  // Votes of who is muted count.
  'mute',
  // A severe block goes, too, when nobody reviewed it in time.
  'overdue-severe',
  // What was said before a block was lifted blocks again with the next vote.
  'overdue-window',
  // Every vote weighs 1.
  'weights',
  // An undo leaves what the decision said of reporters.
  'undo-leaves-verdicts',
  // Who came after the rule's block is judged with those who made it.
  'latecomers-judged',
  // The breaker lets any number of blocks through.
  'breaker',
  // It counts the severe reason's own, too.
  'breaker-counts-severe',
  // What is usual lets nothing more through.
  'breaker-without-factor',
  // What was reversed is usual, too.
  'usual-counts-reversed',
  // What a decision said of a block stays said when it is undone.
  'usual-forgets-undo',
  // Nobody is muted but by hand.
  'mute-after',
  // An undo leaves the mute that followed from the decision.
  'undo-leaves-mute',
  // No votes look coordinated.
  'no-hold',
  // Votes are set aside for one sign alone.
  'one-sign-alone',
  // Where votes are set aside, nothing blocks: a hold is a veto.
  'hold-vetoes',
  // Votes for the severe reason are set aside, too.
  'hold-severe',
  // K votes of two hours are a burst.
  'slow-burst',
  // The same words are a sign however short they are.
  'short-words',
  // Accounts that the site names are compared by what is undecided, too.
  'named-compared',
  // So are devices that were made within the hour.
  'young-devices',
  // That people were right together says nothing for them.
  'cohort-of-the-right',
  // An undo does not bring back the hold that the decision had ended.
  'undo-forgets-hold',
  // Who reported both of two images that become one counts twice.
  'merge-counts-twice',
  // What hid an image does not when it becomes part of another.
  'merge-loses-blocks',
  // What became of a block that came along to another image is not known to what is usual.
  'merge-forgets-usual',
  // Who was judged before an image became part of another is judged again.
  'merge-judges-twice',
  // Who withdrew after the rule's block gets away where the image becomes part of another.
  'merge-forgets-withdrawn',
  // The rule's block stays with other bytes.
  'bytes-keep-blocks',
  // Old bytes that are back are not blocked again.
  'bytes-forget-blocks',
  // Other bytes are free of what was said to be severe.
  'bytes-free-severe',
];
